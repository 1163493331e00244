import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { acceptLog, createRunner, drain, type KeyedStore, type Log, type StoredDocument } from './index.ts';
import { type BankRecord, bank, changedLog, clock, deposit } from './testing/bank.fixture.ts';

const LIMITS = { batchRecords: 3 };

async function feed(log: MemoryLog, records: readonly BankRecord[]): Promise<void> {
  await log.append(records.map((value) => ({ topic: 'in', key: value.tenant, partition: 0, value })));
}
const deposits = (from: number, to: number): BankRecord[] =>
  Array.from({ length: to - from }, (_, n) => deposit(from + n));
const work = (log: Log, store: KeyedStore) =>
  drain([createRunner({ topology: bank, log, store, clock, limits: LIMITS })]);
const sequences = (log: MemoryLog) =>
  log.topic('changes').map(({ value }) => (value as { sequence: number }).sequence);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

/** A store as it was before: what a restored copy or a lost journal leaves. */
async function copyOf(store: MemoryStore): Promise<MemoryStore> {
  const copy = new MemoryStore();
  for (const collection of ['accounts', 'accounts-heads']) {
    for (const document of store.documents(collection)) await putBack(copy, collection, document);
  }
  return copy;
}
async function putBack(store: MemoryStore, collection: string, document: StoredDocument): Promise<void> {
  for (let writeVersion = 1; writeVersion <= document.writeVersion; writeVersion += 1) {
    await store.save(collection, [{ ...document, writeVersion }], []);
  }
}

describe('taking a partition over', () => {
  it('repairs a store that lost its newest writes, and publishes nothing twice (T21)', async () => {
    const log = new MemoryLog();
    const store = new MemoryStore();
    await feed(log, deposits(0, 4));
    await work(log, store);
    const older = await copyOf(store);
    await feed(log, deposits(4, 20));
    await work(log, store);
    await work(log, older);
    expect(older.documents('accounts').map(({ state }) => state)).toEqual(
      store.documents('accounts').map(({ state }) => state),
    );
    expect(sequences(log)).toEqual(upTo(20));
    await feed(log, deposits(20, 25));
    await work(log, older);
    expect(sequences(log)).toEqual(upTo(25));
  });

  it('rebuilds an empty store from the log, and publishes nothing twice', async () => {
    const log = new MemoryLog();
    await feed(log, deposits(0, 10));
    const store = new MemoryStore();
    await work(log, store);
    const rebuilt = new MemoryStore();
    await work(log, rebuilt);
    expect(rebuilt.documents('accounts')).toMatchObject(
      store.documents('accounts').map(({ state }) => ({ state })),
    );
    expect(sequences(log)).toEqual(upTo(10));
  });

  it('goes on where the store says when the log has forgotten the group, and loses no output', async () => {
    const log = new MemoryLog();
    const store = new MemoryStore();
    await feed(log, deposits(0, 10));
    await work(log, store);
    await feed(log, deposits(10, 14));
    const forgetful = changedLog(log, {
      openSession: (owner) => {
        const session = log.openSession(owner);
        let isFirst = true;
        return {
          ...session,
          takeOver: async () => {
            const offset = await session.takeOver();
            const known = isFirst ? undefined : offset;
            isFirst = false;
            return known;
          },
        };
      },
    });
    await work(forgetful, store);
    // The last batch before may be told once more, with the sequences it had; nothing is missing.
    expect([...new Set(sequences(log))]).toEqual(upTo(14));
    expect(sequences(log).length).toBeLessThanOrEqual(14 + LIMITS.batchRecords);
  });

  it('begins where an old topic begins', async () => {
    const log = new MemoryLog();
    await feed(log, deposits(0, 10));
    const read: number[] = [];
    const store = new MemoryStore();
    await work(
      changedLog(log, {
        startOffset: async () => 6,
        read: (from, options) => {
          read.push(from.offset);
          return log.read(from, options);
        },
      }),
      store,
    );
    expect(Math.min(...read)).toBe(6);
    expect(store.documents('accounts')).toMatchObject([{ state: { sum: 4 } }]);
  });
});

describe('a log that is not the one the state was built from is refused:', () => {
  async function worked(count: number) {
    const log = new MemoryLog();
    const store = new MemoryStore();
    await feed(log, deposits(0, count));
    await work(log, store);
    return { log, store };
  }
  const refused = (log: Log, store: KeyedStore, sentence: RegExp) =>
    expect(work(log, store)).rejects.toMatchObject({
      code: 'log-mismatch',
      retriable: false,
      message: expect.stringMatching(sentence),
    });

  it('one with fewer records', async () => {
    const { store } = await worked(5);
    const anew = new MemoryLog();
    await feed(anew, deposits(50, 52));
    await refused(anew, store, /has applied 5 records of in\/0, but the log ends at 2/);
  });

  it('one with other records', async () => {
    const { store } = await worked(5);
    const anew = new MemoryLog();
    await anew.append(
      deposits(50, 70).map((value) => ({ topic: 'in', key: 'another', partition: 0, value })),
    );
    await refused(anew, store, /another record at offset 4 of in\/0: it was made anew/);
  });

  it('one of another cluster', async () => {
    const { log, store } = await worked(5);
    await refused(changedLog(log, { id: 'elsewhere' }), store, /the log memory, but this log is elsewhere/);
  });

  it('one with more partitions', async () => {
    const { log, store } = await worked(5);
    await refused(changedLog(log, { partitions: () => 2 }), store, /with 1 partitions, but it has 2 now/);
  });

  it('one that no longer holds what the store has lost', async () => {
    const { log } = await worked(9);
    const lost = changedLog(log, { startOffset: async () => 4 });
    await refused(lost, new MemoryStore(), /from offset 0, but the log keeps it only from 4/);
  });

  it('but not one that compaction took the last applied record from, where the topology says it may', async () => {
    const { log, store } = await worked(5);
    await feed(log, deposits(5, 6));
    const compacted = changedLog(log, {
      read: async (from, options) => (await log.read(from, options)).filter(({ offset }) => offset > 4),
    });
    await refused(compacted, store, /another record at offset 4/);
    const topology = { ...bank, isInputCompacted: true };
    await drain([createRunner({ topology, log: compacted, store, clock })]);
    expect(store.documents('accounts')).toMatchObject([{ state: { sequence: 6 } }]);
  });

  it('until it is accepted: then state is kept, all new records are applied, sequences go on (T19)', async () => {
    const { log: old, store } = await worked(5);
    const anew = new MemoryLog();
    await feed(anew, deposits(50, 53));
    await refused(anew, store, /accept-log in/);
    expect(await acceptLog({ topology: bank, log: anew, store })).toBe(1);
    await work(anew, store);
    expect(store.documents('accounts')).toMatchObject([{ state: { sum: 8, sequence: 8 } }]);
    expect([...new Set([...sequences(old), ...sequences(anew)])]).toEqual(upTo(8));
    // It stays accepted, also through further restarts.
    await feed(anew, deposits(53, 60));
    await work(anew, store);
    await work(anew, store);
    expect(sequences(anew).slice(-7)).toEqual([9, 10, 11, 12, 13, 14, 15]);
  });
});
