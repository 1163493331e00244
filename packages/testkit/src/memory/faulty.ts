import type { KeyedStore, Log, OutputSession } from '@bellwether/stream';
import type { MemoryLog } from './memory-log.ts';
import type { MemoryStore } from './memory-store.ts';

/** The process is gone: nothing after the instant of the crash happens. */
export class Crash extends Error {}

/** A seeded source of numbers in [0, 1): mulberry32 (public domain, T. Ettinger). */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * The log and store as one process sees them that crashes with the given probability before, in the middle of, and
 * after each write. A store write that crashes midway leaves a part of it behind, as an unordered bulk write may.
 */
export function crashing(
  log: MemoryLog,
  store: MemoryStore,
  options: { chance: () => number; rate: number },
) {
  const { chance, rate } = options;
  const maybeCrash = (where: string): void => {
    if (chance() < rate) throw new Crash(where);
  };
  const crashingStore: KeyedStore = {
    load: (collection, ids) => store.load(collection, ids),
    loadOpen: (collection, partition, offset) => store.loadOpen(collection, partition, offset),
    loadDue: (collection, partition, due) => store.loadDue(collection, partition, due),
    top: (collection, group, limit) => store.top(collection, group, limit),
    forget: () => undefined,
    save: async (collection, documents, entries) => {
      maybeCrash('before save');
      for (const entry of entries) {
        maybeCrash('between entries');
        store.saveEntry(entry);
      }
      let saved = 0;
      for (const document of [...documents].sort(() => chance() - 0.5)) {
        maybeCrash('between documents');
        if (store.saveDocument(collection, document)) saved += 1;
      }
      maybeCrash('after save');
      return saved;
    },
  };
  const crashingLog: Log = {
    id: log.id,
    partitions: () => log.partitions(),
    startOffset: () => log.startOffset(),
    join: (member, signal) => log.join(member, signal),
    read: (from, readOptions) => log.read(from, readOptions),
    endOffset: (topic, partition) => log.endOffset(topic, partition),
    append: (records) => log.append(records),
    openSession: (owner): OutputSession => {
      const session = log.openSession(owner);
      return {
        takeOver: () => session.takeOver(),
        publish: async (outputs, commitOffset) => {
          maybeCrash('before publish');
          await session.publish(outputs, commitOffset);
          maybeCrash('after publish');
        },
        close: () => session.close(),
      };
    },
  };
  return { log: crashingLog, store: crashingStore };
}
