import {
  type GroupMember,
  type InputRecord,
  type Log,
  type OutputRecord,
  type OutputSession,
  type Position,
  type ReadOptions,
  type SessionOwner,
  StreamError,
  untilAborted,
} from '@bellwether/stream';
import type { Chance } from './chance.ts';
import type { FaultCounts } from './counts.ts';
import type { LogServer } from './log-server.ts';
import { type Life, type Network, NOT_YET } from './network.ts';

/** How outputs are published, and the ways of doing it wrong that the checks must see. */
export interface Delivery {
  readonly mode: 'transactional' | 'idempotent';
  /** Reads the committed offset and only then fences: wrong. */
  readonly offsetBeforeFence?: boolean;
  /** Takes over again with the producer of which an answer is missing: wrong. */
  readonly keepsProducer?: boolean;
}

/** How a process reaches the log. */
export interface LogReach {
  readonly life: Life;
  readonly network: Network;
  readonly server: LogServer;
  readonly chance: Chance;
  readonly counts: FaultCounts;
  readonly delivery: Delivery;
  /** Highest offset that was ever read, by partition. */
  readonly readUpTo: number[];
  readonly onJoin: (member: GroupMember) => void;
}

/** The log as one process sees it. */
export class LogClient implements Log {
  readonly #reach: LogReach;
  readonly id: string;
  /** Epochs of producers by name, for the wrong way of keeping them. */
  readonly #epochs = new Map<string, number>();

  constructor(reach: LogReach) {
    this.#reach = reach;
    this.id = reach.server.id;
  }

  partitions(): number {
    return this.#reach.server.partitions;
  }

  async startOffset(): Promise<number> {
    return 0;
  }

  async endOffset(_topic: string, partition: number): Promise<number> {
    return this.#reach.server.end(partition);
  }

  read({ partition, offset }: Position, { limit, waitMs, signal }: ReadOptions): Promise<InputRecord[]> {
    const { life, network, server, chance, counts, readUpTo } = this.#reach;
    return network.send(life, {
      what: `read p${partition} from ${offset}`,
      to: 'log',
      isReady: () =>
        waitMs === 0 || signal?.aborted === true || (server.input(partition).at(-1)?.offset ?? -1) >= offset,
      serve: () => {
        const there = server.input(partition).filter((record) => record.offset >= offset);
        const records = there.slice(0, 1 + chance.below(Math.min(limit, there.length)));
        const before = readUpTo[partition] ?? -1;
        if (limit > 1) {
          for (const record of records) {
            if (record.offset <= before) counts.repeatedDeliveries += 1;
            else readUpTo[partition] = record.offset;
          }
        }
        return records;
      },
    });
  }

  append(records: readonly OutputRecord[]): Promise<void> {
    const { life, network, server } = this.#reach;
    const serve = (): void => server.append(records);
    return network.send(life, { what: 'append', to: 'log', writes: 'other', serve });
  }

  async join(member: GroupMember, signal: AbortSignal): Promise<void> {
    this.#reach.onJoin(member);
    await untilAborted(signal);
  }

  openSession({ group, topic, partition }: SessionOwner): OutputSession {
    const name = `${group}-${topic}-${partition}`;
    const { mode } = this.#reach.delivery;
    return mode === 'idempotent'
      ? idempotent(this.#reach, name)
      : transactional(this.#reach, name, this.#epochs);
  }
}

/** One transactional producer; after any doubt it is not used again. */
function transactional(reach: LogReach, name: string, kept: Map<string, number>): OutputSession {
  const { life, network, server, counts, delivery } = reach;
  let epoch: number | undefined;
  const init = (): Promise<number> => {
    let isBegun = false;
    return network.send(life, {
      what: `init ${name}`,
      to: 'log',
      writes: 'other',
      isReady: () => !isBegun || server.isSettled(name),
      serve: () => {
        const isSettled = server.beginInit(name);
        isBegun = true;
        return isSettled ? server.epochOf(name) : NOT_YET;
      },
    });
  };
  return {
    takeOver: async () => {
      counts.takeOvers += 1;
      if (delivery.offsetBeforeFence) {
        const offset = await fetchOffset(reach, name);
        epoch = await init();
        return offset;
      }
      const known = delivery.keepsProducer ? kept.get(name) : undefined;
      epoch = known === server.epochOf(name) ? known : await init();
      kept.set(name, epoch);
      return await fetchOffset(reach, name);
    },
    publish: async (outputs, commitOffset) => {
      if (epoch === undefined) throw new StreamError('fenced', `${name} is dead`);
      const own = epoch;
      epoch = undefined;
      const serve = inParts(reach, outputs, (part, offset) =>
        server.produce(name, own, { outputs: part, offset }),
      );
      await network.send(life, {
        what: `produce ${name} ${commitOffset}`,
        to: 'log',
        writes: 'other',
        isReady: () => server.epochOf(name) !== own || server.isSettled(name),
        serve: () => serve(commitOffset),
      });
      await network.send(life, {
        what: `commit ${name} ${commitOffset}`,
        to: 'log',
        writes: 'commit',
        serve: () => server.endTransaction(name, own),
      });
      counts.batches += 1;
      epoch = own;
    },
    close: async () => {
      epoch = undefined;
    },
  };
}

/** Plain appends, then the offset: what was appended twice is for readers to drop. */
function idempotent(reach: LogReach, name: string): OutputSession {
  const { life, network, server, counts } = reach;
  let isOpen = false;
  return {
    takeOver: async () => {
      counts.takeOvers += 1;
      isOpen = true;
      return await fetchOffset(reach, name);
    },
    publish: async (outputs, commitOffset) => {
      if (!isOpen) throw new StreamError('fenced', `${name} is dead`);
      isOpen = false;
      const serve = inParts(reach, outputs, (part) => server.append(part));
      await network.send(life, {
        what: `append ${name} ${commitOffset}`,
        to: 'log',
        writes: 'other',
        serve: () => serve(commitOffset),
      });
      await network.send(life, {
        what: `commit offset ${name} ${commitOffset}`,
        to: 'log',
        writes: 'commit',
        serve: () => server.commitOffset(name, commitOffset),
      });
      counts.batches += 1;
      isOpen = true;
    },
    close: async () => {
      isOpen = false;
    },
  };
}

function fetchOffset({ life, network, server }: LogReach, name: string): Promise<number | undefined> {
  const serve = (): number | undefined => server.committedOffset(name);
  return network.send(life, { what: `fetch offset ${name}`, to: 'log', serve });
}

/** Appends everything at once or in two events, the offset with the last. */
function inParts(
  { chance }: LogReach,
  outputs: readonly OutputRecord[],
  append: (outputs: readonly OutputRecord[], offset: number | undefined) => void,
): (offset: number) => undefined | typeof NOT_YET {
  let done = 0;
  return (offset) => {
    if (done === 0 && outputs.length > 1 && chance.happens(0.2)) {
      done = 1 + chance.below(outputs.length - 1);
      append(outputs.slice(0, done), undefined);
      return NOT_YET;
    }
    append(outputs.slice(done), offset);
    return undefined;
  };
}
