import { applyControl, applyRecord, type Batch, type BatchBounds, emptyBatch, foldHead } from './batch.ts';
import { accountingRecords, type Checkpoint, INITIAL_CHECKPOINT } from './checkpoint.ts';
import { StreamError } from './errors.ts';
import type { InputRecord, KeyedStore, Log, OutputRecord, OutputSession, StoredDocument } from './ports.ts';
import type { Topology } from './topology.ts';
import { openDocument, toSave } from './working-set.ts';

/** How large a batch may grow. */
export interface LoopLimits {
  /** Records of one batch at most. */
  readonly batchRecords: number;
  /** Work of one batch at most, checked every 32 records. */
  readonly batchMs: number;
}

/** What one partition of one topology is run with. */
export interface LoopParts<Value, State, Head, Out extends string> {
  readonly topology: Topology<Value, State, Head, Out>;
  readonly partition: number;
  readonly log: Log;
  readonly store: KeyedStore;
  readonly limits: LoopLimits;
  /** Monotonic milliseconds; only bounds the work of a batch, never reaches a result. */
  readonly nowMs: () => number;
}

/** What one turn of the loop did. */
export interface Committed {
  readonly records: readonly InputRecord[];
  readonly outputs: readonly OutputRecord[];
  /** Committed offset afterwards. */
  readonly next: number;
}

const CHECKPOINT = '#checkpoint';

/**
 * One partition of one topology: take over, then batch after batch, steps F0-F9 of the protocol
 * (ARCHITECTURE.md, "From log to state to outputs"). Never two batches open at once.
 */
export class PartitionLoop<Value, State, Head, Out extends string> {
  readonly #parts: LoopParts<Value, State, Head, Out>;
  readonly #heads: string;
  #session: OutputSession | undefined;
  /** Offsets below are public. */
  #committed = 0;
  /** Where the next batch starts. */
  #position = 0;
  /** Records from `#position` on that were read with an earlier batch, which ended at a control record or its time. */
  #ahead: readonly InputRecord<Value>[] = [];
  #checkpoint: StoredDocument<Checkpoint> | undefined;
  /** Documents that a control record had already changed when the partition was taken over, by its offset. */
  #halfDone = new Map<number, string[]>();

  constructor(parts: LoopParts<Value, State, Head, Out>) {
    this.#parts = parts;
    this.#heads = `${parts.topology.collection}-heads`;
  }

  get position(): number {
    return this.#position;
  }

  /** Reads and processes at most one batch; undefined when there was nothing to read. */
  async turn(waitMs: number, signal?: AbortSignal): Promise<Committed | undefined> {
    const { log, topology, partition, limits } = this.#parts;
    try {
      if (!this.#session) await this.#takeOver();
      let records = this.#ahead;
      if (records.length === 0) {
        records = (await log.read(
          { topic: topology.input, partition, offset: this.#position },
          { limit: limits.batchRecords, waitMs, ...(signal ? { signal } : {}) },
        )) as readonly InputRecord<Value>[];
      }
      if (records.length === 0) return undefined;
      const committed = await this.#process(records);
      this.#ahead = records.slice(committed.records.length);
      return committed;
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  /** Drops everything that is in memory; the next turn takes over again. */
  abandon(): void {
    const { store, topology, partition } = this.#parts;
    this.#session = undefined;
    this.#ahead = [];
    store.forget(topology.collection, partition);
    store.forget(this.#heads, partition);
  }

  /** Fence first, only then read the offset; then find what the open range has already produced. */
  async #takeOver(): Promise<void> {
    const { log, store, topology, partition } = this.#parts;
    const session = log.openSession({ group: topology.name, topic: topology.input, partition });
    this.#committed = await session.takeOver();
    const id = this.#headId(CHECKPOINT);
    const loaded = await store.load(this.#heads, [id]);
    this.#checkpoint = loaded.get(id) as StoredDocument<Checkpoint> | undefined;
    const applied = this.#checkpoint?.state.next ?? 0;
    const end = await log.endOffset(topology.input, partition);
    if (end < applied) {
      throw new StreamError(
        'log-mismatch',
        `${topology.name} has applied ${applied} records of ${topology.input}/${partition}, but the log ends at ${end}: ` +
          'it is another log or has lost its end. Restore the log, or remove the stores to rebuild them from it.',
      );
    }
    this.#position = Math.min(applied, this.#committed);
    this.#halfDone = new Map();
    for (const document of await store.loadOpen(topology.collection, partition, this.#position)) {
      for (const { offset } of document.pending) {
        const ids = this.#halfDone.get(offset);
        if (ids) ids.push(document.id);
        else this.#halfDone.set(offset, [document.id]);
      }
    }
    this.#session = session;
  }

  async #process(records: readonly InputRecord<Value>[]): Promise<Committed> {
    const { topology } = this.#parts;
    const first = records[0];
    if (!first) throw new StreamError('step-failed', 'an empty batch');
    const isControl = (record: InputRecord<Value>) => topology.isControl?.(record.value) ?? false;
    if (isControl(first)) return await this.#finish([first], await this.#control(first));
    const end = records.findIndex(isControl);
    const slice = end < 0 ? records : records.slice(0, end);
    const { batch, done } = await this.#ordinary(slice);
    return await this.#finish(done, batch);
  }

  async #ordinary(slice: readonly InputRecord<Value>[]) {
    const { topology, store, limits, nowMs } = this.#parts;
    const batch = emptyBatch<State, Head>(this.#position, this.#bounds());
    const keys = new Set<string>();
    const headKeys = new Set<string>();
    for (const record of slice) {
      const key = topology.keyOf(record);
      if (key !== undefined) keys.add(key);
      const headKey = topology.headKeyOf(record.value);
      if (headKey !== undefined) headKeys.add(headKey);
    }
    if (keys.size > 0) {
      const loaded = await store.load(topology.collection, [...keys]);
      for (const key of keys)
        batch.documents.set(key, openDocument(key, loaded.get(key) as StoredDocument<State>));
    }
    await this.#loadHeads(batch, headKeys);
    const startMs = nowMs();
    let count = 0;
    for (const record of slice) {
      applyRecord(topology, batch, record);
      count += 1;
      if ((count & 31) === 0 && nowMs() - startMs > limits.batchMs) break;
    }
    return { batch, done: count === slice.length ? slice : slice.slice(0, count) };
  }

  async #control(record: InputRecord<Value>): Promise<Batch<State, Head>> {
    const { topology, store, partition } = this.#parts;
    const batch = emptyBatch<State, Head>(this.#position, this.#bounds());
    const headKey = topology.headKeyOf(record.value);
    await this.#loadHeads(batch, new Set(headKey === undefined ? [] : [headKey]));
    const heads = foldHead(topology, batch, record);
    const due = topology.dueOf?.(heads.head, record.value);
    const found = due ? [...(await store.loadDue(topology.collection, partition, due))] : [];
    const known = new Set(found.map(({ id }) => id));
    const missing = (this.#halfDone.get(record.offset) ?? []).filter((id) => !known.has(id));
    found.push(...(await store.load(topology.collection, missing)).values());
    found.sort((one, other) => (one.id < other.id ? -1 : 1));
    for (const document of found) {
      batch.documents.set(document.id, openDocument(document.id, document as StoredDocument<State>));
    }
    applyControl(topology, batch, { record, heads });
    return batch;
  }

  async #loadHeads(batch: Batch<State, Head>, keys: ReadonlySet<string>): Promise<void> {
    if (keys.size === 0) return;
    const ids = Array.from(keys, (key) => this.#headId(key));
    const loaded = await this.#parts.store.load(this.#heads, ids);
    for (const key of keys) {
      const id = this.#headId(key);
      batch.heads.set(key, openDocument(id, loaded.get(id) as StoredDocument<Head> | undefined));
    }
  }

  /** F3 documents, then heads; F4 count; F5-F8 publish; F9 only then is the next batch possible. */
  async #finish(records: readonly InputRecord[], batch: Batch<State, Head>): Promise<Committed> {
    const { topology, store, partition } = this.#parts;
    const documents = [];
    for (const document of batch.documents.values()) {
      const save = toSave(document, { partition, committed: this.#committed, indexOf: topology.indexOf });
      if (save) documents.push(save);
    }
    if (documents.length > 0 || batch.entries.length > 0) {
      const saved = await store.save(topology.collection, documents, batch.entries);
      this.#requireAll(saved, documents.length);
    }
    const headOutputs = await this.#decideHeads(batch, records);
    const checkpoint = await this.#saveHeads(batch);
    const outputs = this.#addressed(batch, headOutputs, checkpoint);
    const session = this.#session;
    if (!session) throw new StreamError('fenced', `${topology.name} lost its session`);
    await session.publish(outputs, batch.next);
    this.#checkpoint = checkpoint;
    this.#committed = batch.next;
    this.#position = batch.next;
    return { records, outputs, next: batch.next };
  }

  async #decideHeads(batch: Batch<State, Head>, records: readonly InputRecord[]) {
    const { topology, store } = this.#parts;
    const outputs = [];
    const offsets = new Set(topology.decideHead ? records.map((record) => record.offset) : []);
    for (const [key, head] of batch.heads) {
      for (const entry of head.pending) {
        if (entry.offset >= this.#committed && offsets.has(entry.offset)) outputs.push(...entry.outputs);
      }
      if (!head.dirty || head.state === undefined || !topology.decideHead) continue;
      const decided = await topology.decideHead(head.state, key, store);
      head.state = decided.head;
      if (decided.outputs.length === 0) continue;
      // Kept under the last record that changed this head: a replay cut into other batches loads the head with it.
      head.pending.push({ offset: head.appliedOffset, outcome: 'ok', outputs: decided.outputs });
      if (head.appliedOffset >= this.#committed) outputs.push(...decided.outputs);
    }
    return outputs;
  }

  async #saveHeads(batch: Batch<State, Head>): Promise<StoredDocument<Checkpoint>> {
    const { store, partition } = this.#parts;
    const before = this.#checkpoint?.state ?? INITIAL_CHECKPOINT;
    const checkpoint: StoredDocument<Checkpoint> = {
      id: this.#headId(CHECKPOINT),
      partition,
      writeVersion: (this.#checkpoint?.writeVersion ?? 0) + 1,
      appliedOffset: batch.next - 1,
      pending: [],
      index: {},
      state: { next: Math.max(before.next, batch.next), tallies: batch.counter.addTo(before.tallies) },
    };
    const heads: StoredDocument[] = [];
    for (const head of batch.heads.values()) {
      const save = toSave(head, { partition, committed: this.#committed, indexOf: () => ({}) });
      if (save) heads.push(save);
    }
    heads.push(checkpoint);
    this.#requireAll(await store.save(this.#heads, heads, []), heads.length);
    return checkpoint;
  }

  #addressed(
    batch: Batch<State, Head>,
    headOutputs: Batch<State, Head>['outputs'],
    checkpoint: StoredDocument<Checkpoint>,
  ): OutputRecord[] {
    const { topology, partition } = this.#parts;
    const outputs: OutputRecord[] = [];
    for (const output of [...batch.outputs, ...headOutputs]) {
      outputs.push({
        topic: topology.outputs[output.output as Out],
        key: output.key,
        value: output.value,
        ...(output.partition === undefined ? {} : { partition: output.partition }),
      });
    }
    if (topology.accounting) {
      const address = {
        topic: topology.outputs[topology.accounting],
        group: topology.name,
        input: topology.input,
        partition,
      };
      outputs.push(...accountingRecords(address, batch.counter.tenants, checkpoint.state.tallies));
    }
    return outputs;
  }

  #requireAll(saved: number, given: number): void {
    if (saved === given) return;
    const { topology, partition } = this.#parts;
    throw new StreamError(
      'fenced',
      `${topology.name}/${partition}: ${given - saved} of ${given} documents were changed by somebody else`,
    );
  }

  #bounds(): BatchBounds {
    return { committed: this.#committed, counted: this.#checkpoint?.state.next ?? 0 };
  }

  #headId(key: string): string {
    return `p${this.#parts.partition}/${key}`;
  }
}
