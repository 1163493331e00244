import { type InputRecord, type OutputRecord, StreamError } from '@bellwether/stream';
import type { FaultCounts } from './counts.ts';

/** A transaction as its coordinator knows it: what was decided is in force only when the markers are written. */
interface Transaction {
  status: 'open' | 'committing' | 'aborting' | 'committed' | 'aborted';
  /** Offset that is committed with it. */
  offset: number | undefined;
}

interface Producer {
  epoch: number;
  transaction: Transaction | undefined;
}

/** A record of an output topic; readers see it when its transaction, if it has one, is committed. */
interface Published {
  readonly key: string;
  readonly value: unknown;
  readonly transaction: Transaction | undefined;
}

/** Topics, transactions by producer name, and offsets of groups. Everything here outlives every process. */
export class LogServer {
  readonly id = 'simulated';
  readonly #inputs: InputRecord[][];
  readonly #ends: number[];
  readonly #outputs = new Map<string, Published[]>();
  readonly #producers = new Map<string, Producer>();
  readonly #offsets = new Map<string, number>();
  readonly #counts: FaultCounts;
  #clockMs = 0;

  constructor(partitions: number, counts: FaultCounts) {
    this.#inputs = Array.from({ length: partitions }, () => []);
    this.#ends = Array.from({ length: partitions }, () => 0);
    this.#counts = counts;
  }

  get partitions(): number {
    return this.#inputs.length;
  }

  /** Appends to an input partition, after as many markers of other transactions as `hole` says. */
  feed(topic: string, input: { partition: number; key: string; value: unknown; hole: number }): void {
    const { partition, key, value, hole } = input;
    const offset = this.end(partition) + hole;
    this.#clockMs += 1;
    const timestampMs = this.#clockMs;
    this.#inputs[partition]?.push({ topic, partition, offset, key, timestampMs, value });
    this.#ends[partition] = offset + 1;
  }

  input(partition: number): readonly InputRecord[] {
    return this.#inputs[partition] ?? [];
  }

  end(partition: number): number {
    return this.#ends[partition] ?? 0;
  }

  /** The input is deleted and made anew under the same name, empty. */
  recreate(): void {
    for (const partition of this.#inputs.keys()) {
      this.#inputs[partition] = [];
      this.#ends[partition] = 0;
    }
    this.#offsets.clear();
  }

  /** Fences the producers before under this name; false while the transaction of one of them is not settled. */
  beginInit(name: string): boolean {
    const producer = this.#producer(name);
    producer.epoch += 1;
    if (producer.transaction?.status === 'open') producer.transaction.status = 'aborting';
    return this.isSettled(name);
  }

  /** The epoch of the newest producer of this name. */
  epochOf(name: string): number {
    return this.#producer(name).epoch;
  }

  /** False while markers of the last transaction are still to be written. */
  isSettled(name: string): boolean {
    const status = this.#producers.get(name)?.transaction?.status;
    return status !== 'committing' && status !== 'aborting';
  }

  /** Appends to the open transaction, beginning one where there is none. */
  produce(
    name: string,
    epoch: number,
    what: { outputs: readonly OutputRecord[]; offset: number | undefined },
  ): void {
    const producer = this.#checked(name, epoch);
    if (producer.transaction?.status !== 'open') {
      producer.transaction = { status: 'open', offset: undefined };
    }
    this.append(what.outputs, producer.transaction);
    producer.transaction.offset = what.offset ?? producer.transaction.offset;
  }

  /** Decides the open transaction; readers see it when the markers are written. */
  endTransaction(name: string, epoch: number): void {
    const { transaction } = this.#checked(name, epoch);
    if (transaction?.status === 'open') transaction.status = 'committing';
  }

  /** Aborts the transaction of a producer that has been silent for too long, and fences it. */
  timeOut(name: string): void {
    const { transaction } = this.#producer(name);
    if (transaction?.status !== 'open') return;
    this.#producer(name).epoch += 1;
    transaction.status = 'aborting';
  }

  /** Names of producers with an open transaction. */
  get openTransactions(): readonly string[] {
    return this.#named('open');
  }

  /** Names of producers whose transaction is decided but has no markers yet. */
  get unmarked(): readonly string[] {
    return [...this.#named('committing'), ...this.#named('aborting')];
  }

  /** Writes the markers: outputs become visible, the offset counts. */
  writeMarkers(name: string): void {
    const { transaction } = this.#producer(name);
    if (transaction?.status === 'aborting') transaction.status = 'aborted';
    if (transaction?.status !== 'committing') return;
    transaction.status = 'committed';
    if (transaction.offset !== undefined) this.commitOffset(name, transaction.offset);
  }

  /** Appends to output topics. */
  append(outputs: readonly OutputRecord[], transaction?: Transaction): void {
    for (const { topic, key, value } of outputs) {
      const list = this.#outputs.get(topic) ?? [];
      this.#outputs.set(topic, list);
      list.push({ key, value, transaction });
    }
  }

  commitOffset(name: string, offset: number): void {
    this.#offsets.set(name, offset);
  }

  committedOffset(name: string): number | undefined {
    return this.#offsets.get(name);
  }

  /** The log forgets how far the group has come in one partition. */
  loseOffset(partition: number): void {
    for (const name of this.#offsets.keys()) if (name.endsWith(`-${partition}`)) this.#offsets.delete(name);
  }

  /** What a reader of committed records sees of an output topic. */
  output(topic: string): readonly { readonly key: string; readonly value: unknown }[] {
    const all = this.#outputs.get(topic) ?? [];
    return all.filter(({ transaction }) => !transaction || transaction.status === 'committed');
  }

  #checked(name: string, epoch: number): Producer {
    const producer = this.#producer(name);
    if (producer.epoch === epoch) return producer;
    this.#counts.fenced += 1;
    throw new StreamError('fenced', `${name} was taken over`);
  }

  #producer(name: string): Producer {
    let producer = this.#producers.get(name);
    if (!producer) {
      producer = { epoch: 0, transaction: undefined };
      this.#producers.set(name, producer);
    }
    return producer;
  }

  #named(status: Transaction['status']): string[] {
    const names: string[] = [];
    for (const [name, { transaction }] of this.#producers)
      if (transaction?.status === status) names.push(name);
    return names;
  }
}
