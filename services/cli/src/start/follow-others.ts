import { type InputRecord, type Log, type ReadModels, readProgress } from '@bellwether/stream';

const EVERY_MS = 500;
const READ_RECORDS = 1_000;

/** One topology whose partitions may be worked on by other processes. */
export interface Followed {
  readonly input: string;
  readonly collection: string;
  /** Partitions that this process works on itself. */
  assigned(): readonly number[];
}

/** Where progress and records are read, and who is told. */
export interface FollowParts {
  readonly topologies: readonly Followed[];
  readonly log: Pick<Log, 'partitions' | 'read'>;
  readonly readModels: Pick<ReadModels, 'get'>;
  readonly onBatch: (batch: { partition: number; records: readonly InputRecord[]; next: number }) => void;
}

/**
 * Tells what other processes have put into the read models: their checkpoints say how far they came, and the log says
 * what it was. So any number of processes can serve the same board.
 */
export class Followers {
  readonly #parts: FollowParts;
  /** Offset up to which each input partition was told of, by topology and partition. */
  readonly #told = new Map<string, number>();

  constructor(parts: FollowParts) {
    this.#parts = parts;
  }

  /** Looks once at all partitions that are somebody else's. */
  async look(): Promise<void> {
    for (const topology of this.#parts.topologies) {
      const own = new Set(topology.assigned());
      for (let partition = 0; partition < this.#parts.log.partitions(topology.input); partition += 1) {
        const key = `${topology.collection}/${partition}`;
        if (own.has(partition)) this.#told.delete(key);
        else await this.#follow(topology, partition, key);
      }
    }
  }

  /** Looks twice a second until `signal` fires; `onFailure` is told of a look that failed. */
  async run(signal: AbortSignal, onFailure: (error: unknown) => void): Promise<void> {
    while (!signal.aborted) {
      await this.look().catch(onFailure);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  async #follow(topology: Followed, partition: number, key: string): Promise<void> {
    const { log, readModels, onBatch } = this.#parts;
    const next = await readProgress(readModels, topology.collection, partition);
    if (next === undefined) return;
    // What stood there before this process looked is read from the read models themselves.
    let offset = this.#told.get(key) ?? next;
    while (offset < next) {
      const from = { topic: topology.input, partition, offset };
      const read = await log.read(from, { limit: READ_RECORDS, waitMs: EVERY_MS });
      const records = read.filter((record) => record.offset < next);
      const last = records.at(-1);
      offset = last && records.length === read.length ? last.offset + 1 : next;
      if (last) onBatch({ partition, records, next: offset });
      if (!last) break;
    }
    this.#told.set(key, next);
  }
}
