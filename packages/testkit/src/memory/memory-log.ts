import { partitionOf } from '@bellwether/events';
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

/** A log in memory that outlives the loops over it: for tests of the loop itself. */
export class MemoryLog implements Log {
  readonly id = 'memory';
  readonly #partitions: number;
  readonly #records = new Map<string, InputRecord[]>();
  readonly #committed = new Map<string, number>();
  readonly #epochs = new Map<string, number>();

  constructor(partitions = 1) {
    this.#partitions = partitions;
  }

  partitions(): number {
    return this.#partitions;
  }

  async read(from: Position, options: ReadOptions): Promise<readonly InputRecord[]> {
    return this.all(from.topic, from.partition).slice(from.offset, from.offset + options.limit);
  }

  async startOffset(): Promise<number> {
    return 0;
  }

  async join(member: GroupMember, signal: AbortSignal): Promise<void> {
    member.onAssigned(Array.from({ length: this.#partitions }, (_, partition) => partition));
    await untilAborted(signal);
  }

  async endOffset(topic: string, partition: number): Promise<number> {
    return this.all(topic, partition).length;
  }

  async append(records: readonly OutputRecord[]): Promise<void> {
    for (const { topic, key, value, partition } of records) {
      const target = partition ?? partitionOf(key, this.#partitions);
      const list = this.all(topic, target);
      list.push({
        topic,
        partition: target,
        offset: list.length,
        key,
        timestampMs: 0,
        value: JSON.parse(JSON.stringify(value)),
      });
    }
  }

  openSession(owner: SessionOwner): OutputSession {
    const name = `${owner.group}/${owner.topic}/${owner.partition}`;
    let epoch = -1;
    return {
      takeOver: async () => {
        epoch = (this.#epochs.get(name) ?? 0) + 1;
        this.#epochs.set(name, epoch);
        return this.#committed.get(name);
      },
      publish: async (outputs, commitOffset) => {
        if (this.#epochs.get(name) !== epoch) throw new StreamError('fenced', `${name} was taken over`);
        await this.append(outputs);
        this.#committed.set(name, commitOffset);
      },
      close: async () => {
        epoch = -1;
      },
    };
  }

  /** Everything in one partition. */
  all(topic: string, partition: number): InputRecord[] {
    const key = `${topic}/${partition}`;
    let list = this.#records.get(key);
    if (!list) {
      list = [];
      this.#records.set(key, list);
    }
    return list;
  }

  /** Everything in a topic, partition after partition. */
  topic(topic: string): InputRecord[] {
    return Array.from({ length: this.#partitions }, (_, partition) => this.all(topic, partition)).flat();
  }
}
