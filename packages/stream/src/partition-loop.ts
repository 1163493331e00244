import { applyControl, applyRecord, type Batch, type BatchBounds, emptyBatch, foldHead } from './batch.ts';
import { addressOutputs } from './batch-outputs.ts';
import { CHECKPOINT, type Checkpoint, headId, INITIAL_CHECKPOINT } from './checkpoint.ts';
import { decideHeads } from './decide-heads.ts';
import { StreamError } from './errors.ts';
import { FailureGauge } from './failure-gauge.ts';
import { loadConcerned } from './load-concerned.ts';
import type { InputRecord, KeyedStore, Log, OutputRecord, StoredDocument } from './ports.ts';
import { readBatch } from './read-batch.ts';
import { markOf, type Ownership, takeOver } from './take-over.ts';
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

/**
 * One partition of one topology: take over, then batch after batch, steps F0-F9 of the protocol
 * (ARCHITECTURE.md, "From log to state to outputs"). Never two batches open at once.
 */
export class PartitionLoop<Value, State, Head, Out extends string> {
  readonly #parts: LoopParts<Value, State, Head, Out>;
  readonly #heads: string;
  /** Undefined: the next turn takes over. */
  #owned: Ownership | undefined;
  /** Positions below are public. */
  #committed = 0;
  /** Where the next batch starts. */
  #position = 0;
  /** Records from `#position` on that were read with an earlier batch, which ended at a control record or its time. */
  #ahead: readonly InputRecord<Value>[] = [];
  #checkpoint: StoredDocument<Checkpoint> | undefined;
  #gauge = FailureGauge.EMPTY;

  constructor(parts: LoopParts<Value, State, Head, Out>) {
    this.#parts = parts;
    this.#heads = `${parts.topology.collection}-heads`;
  }

  /** Offset in the log from which the next batch is read. */
  get offset(): number {
    return this.#position - this.#base();
  }

  /** Reads and processes at most one batch; undefined when there was nothing to read. */
  async turn(waitMs: number, signal?: AbortSignal): Promise<Committed | undefined> {
    try {
      if (!this.#owned) await this.#takeOver();
      const records = this.#ahead.length > 0 ? this.#ahead : await this.#read(waitMs, signal);
      if (records.length === 0) return undefined;
      const committed = await this.#process(records);
      this.#ahead = records.slice(committed.records.length);
      return committed;
    } catch (error) {
      // What is known of its health stays: a partition that stopped would otherwise set aside as much again each time.
      await this.#letGo();
      throw error;
    }
  }

  /** Lets go of the partition and of everything that is in memory; the next turn takes over again. */
  async abandon(): Promise<void> {
    this.#gauge = FailureGauge.EMPTY;
    await this.#letGo();
  }

  async #letGo(): Promise<void> {
    const { store, topology, partition } = this.#parts;
    const session = this.#owned?.session;
    this.#owned = undefined;
    this.#ahead = [];
    store.forget(topology.collection, partition);
    store.forget(this.#heads, partition);
    await session?.close();
  }

  async #takeOver(): Promise<void> {
    const { log, store, topology, partition } = this.#parts;
    const { name: group, input, collection, isInputCompacted = false } = topology;
    const claim = { group, input, isInputCompacted, partition, collection, log, store };
    const owned = await takeOver(claim);
    this.#committed = owned.committed;
    this.#position = owned.position;
    this.#checkpoint = owned.checkpoint;
    this.#owned = owned;
  }

  async #read(waitMs: number, signal: AbortSignal | undefined): Promise<readonly InputRecord<Value>[]> {
    const { log, topology, partition, limits } = this.#parts;
    const from = { partition, position: this.#position, base: this.#base(), openEnd: this.#openEnd() };
    const options = { limit: limits.batchRecords, waitMs, ...(signal ? { signal } : {}) };
    return await readBatch({ log, topology }, from, options);
  }

  async #process(records: readonly InputRecord<Value>[]): Promise<Committed> {
    const first = records[0];
    if (!first) throw new StreamError('step-failed', 'an empty batch');
    const isControl = (record: InputRecord<Value>) => this.#isControl(record);
    if (isControl(first)) return await this.#finish([first], await this.#control(first));
    const end = records.findIndex(isControl);
    const slice = end < 0 ? records : records.slice(0, end);
    const { batch, done } = await this.#ordinary(slice);
    return await this.#finish(done, batch);
  }

  async #ordinary(slice: readonly InputRecord<Value>[]) {
    const { topology, store, limits, nowMs } = this.#parts;
    const batch = emptyBatch<State, Head>(this.#position, this.#bounds(), this.#gauge);
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
      const mayEnd = (count & 31) === 0 && record.offset + 1 >= this.#openEnd();
      if (mayEnd && nowMs() - startMs > limits.batchMs) break;
    }
    return { batch, done: count === slice.length ? slice : slice.slice(0, count) };
  }

  async #control(record: InputRecord<Value>): Promise<Batch<State, Head>> {
    const { topology, store, partition } = this.#parts;
    const batch = emptyBatch<State, Head>(this.#position, this.#bounds(), this.#gauge);
    const headKey = topology.headKeyOf(record.value);
    await this.#loadHeads(batch, new Set(headKey === undefined ? [] : [headKey]));
    const head = foldHead(topology, batch, record);
    const due = topology.dueOf?.(head, record.value);
    const found = due
      ? await loadConcerned(store, due, { ...topology, partition, offset: record.offset })
      : [];
    for (const document of found) {
      batch.documents.set(document.id, openDocument(document.id, document as StoredDocument<State>));
    }
    applyControl(topology, batch, { record, head });
    return batch;
  }

  async #loadHeads(batch: Batch<State, Head>, keys: ReadonlySet<string>): Promise<void> {
    if (keys.size === 0) return;
    const { store, partition } = this.#parts;
    const ids = Array.from(keys, (key) => headId(partition, key));
    const loaded = await store.load(this.#heads, ids);
    for (const key of keys) {
      const id = headId(partition, key);
      batch.heads.set(key, openDocument(id, loaded.get(id) as StoredDocument<Head> | undefined));
    }
  }

  /** F3 documents, then heads; F4 count; F5-F8 publish; F9 only then is the next batch possible. */
  async #finish(records: readonly InputRecord[], batch: Batch<State, Head>): Promise<Committed> {
    const { topology, store, partition } = this.#parts;
    const documents = [];
    const settled = Math.min(this.#committed, this.#bounds().counted);
    for (const document of batch.documents.values()) {
      const save = toSave(document, { partition, settled, indexOf: topology.indexOf });
      if (save) documents.push(save);
    }
    if (documents.length > 0 || batch.entries.length > 0) {
      const saved = await store.save(topology.collection, documents, batch.entries);
      this.#requireAll(saved, documents.length);
    }
    const headOutputs = await decideHeads(topology, batch, {
      records,
      committed: this.#committed,
      store,
      partition,
    });
    const checkpoint = await this.#saveHeads(batch, records);
    const tallies = checkpoint.state.tallies;
    const outputs = addressOutputs(topology, batch, { partition, headOutputs, tallies });
    if (!this.#owned) throw new StreamError('fenced', `${topology.name}/${partition} was let go`);
    // Where the store lost what was public, the batch is behind the commit, which must not move back.
    const committed = Math.max(this.#committed, batch.next);
    await this.#owned.session.publish(outputs, committed - checkpoint.state.base);
    this.#checkpoint = checkpoint;
    this.#gauge = batch.gauge;
    this.#committed = committed;
    this.#position = batch.next;
    return { records, outputs, next: batch.next };
  }

  async #saveHeads(
    batch: Batch<State, Head>,
    records: readonly InputRecord[],
  ): Promise<StoredDocument<Checkpoint>> {
    const { store, partition } = this.#parts;
    const before = this.#checkpoint?.state ?? INITIAL_CHECKPOINT;
    const checkpoint: StoredDocument<Checkpoint> = {
      id: headId(partition, CHECKPOINT),
      partition,
      writeVersion: (this.#checkpoint?.writeVersion ?? 0) + 1,
      appliedOffset: batch.next - 1,
      pending: [],
      index: {},
      state: this.#checkpointAfter(before, batch, records),
    };
    const heads: StoredDocument[] = [];
    for (const head of batch.heads.values()) {
      const save = toSave(head, { partition, settled: this.#committed, indexOf: () => ({}) });
      if (save) heads.push(save);
    }
    // The checkpoint speaks for the heads too, so it is written when they are.
    for (const save of [heads, [checkpoint]]) {
      if (save.length > 0) this.#requireAll(await store.save(this.#heads, save, []), save.length);
    }
    return checkpoint;
  }

  #checkpointAfter(
    before: Checkpoint,
    batch: Batch<State, Head>,
    records: readonly InputRecord[],
  ): Checkpoint {
    const last = records.at(-1);
    const isBehind = batch.next <= before.next;
    return {
      next: Math.max(before.next, batch.next),
      committed: this.#committed,
      base: before.base,
      // A replay of what the store has already must not move the mark back.
      log: isBehind || !last ? before.log : markOf(this.#parts.log, last, before.base),
      tallies: batch.counter.addTo(before.tallies),
    };
  }

  #requireAll(saved: number, given: number): void {
    if (saved === given) return;
    const { topology, partition } = this.#parts;
    throw new StreamError(
      'fenced',
      `${topology.name}/${partition}: ${given - saved} of ${given} documents were changed by somebody else`,
    );
  }

  #isControl(record: InputRecord<Value>): boolean {
    return this.#parts.topology.isControl?.(record.value) ?? false;
  }

  #openEnd(): number {
    return this.#owned?.openEnd ?? 0;
  }

  #base(): number {
    return this.#checkpoint?.state.base ?? 0;
  }

  #bounds(): BatchBounds {
    return { committed: this.#committed, counted: this.#checkpoint?.state.next ?? 0 };
  }
}
