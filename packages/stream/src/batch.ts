import { OutcomeCounter } from './checkpoint.ts';
import { StreamError } from './errors.ts';
import type { FailureGauge, RecordSign } from './failure-gauge.ts';
import type { Entry, InputRecord, PendingOutput } from './ports.ts';
import type { StepInput, StepResult, Topology } from './topology.ts';
import { pendingAt, record as recordResult, type WorkingDocument } from './working-set.ts';

/** Head documents and keyed documents of one batch, and what the batch led to so far. */
export interface Batch<State, Head> {
  readonly documents: Map<string, WorkingDocument<State>>;
  readonly heads: Map<string, WorkingDocument<Head>>;
  readonly outputs: PendingOutput[];
  readonly entries: Entry[];
  readonly counter: OutcomeCounter;
  readonly bounds: BatchBounds;
  /** What the records so far say about the partition's health. */
  gauge: FailureGauge;
  /** Offset after the last record that was worked on. */
  next: number;
}

/** What of a batch is known from before: public outputs, counted records. */
export interface BatchBounds {
  /** Outputs of records below are already public: apply, publish nothing. */
  readonly committed: number;
  /** Records below are already counted. */
  readonly counted: number;
}

/** A batch before its first record, which is at offset `next`. */
export function emptyBatch<State, Head>(
  next: number,
  bounds: BatchBounds,
  gauge: FailureGauge,
): Batch<State, Head> {
  return {
    documents: new Map(),
    heads: new Map(),
    outputs: [],
    entries: [],
    counter: new OutcomeCounter(),
    bounds,
    gauge,
    next,
  };
}

/** F2 for one ordinary record: fold it into its head, then into its document. Pure but for the working set. */
export function applyRecord<Value, State, Head, Out extends string>(
  topology: Topology<Value, State, Head, Out>,
  batch: Batch<State, Head>,
  record: InputRecord<Value>,
): void {
  const head = foldHead(topology, batch, record);
  const key = topology.keyOf(record);
  const document = key === undefined ? undefined : batch.documents.get(key);
  applyToDocument(topology, batch, { record, head, document });
  batch.next = record.offset + 1;
}

/** F2 for a control record: each due document, then once without one. */
export function applyControl<Value, State, Head, Out extends string>(
  topology: Topology<Value, State, Head, Out>,
  batch: Batch<State, Head>,
  control: { readonly record: InputRecord<Value>; readonly head: Head },
): void {
  for (const document of batch.documents.values()) {
    applyToDocument(topology, batch, { ...control, document });
  }
  applyToDocument(topology, batch, { ...control, document: undefined });
  batch.next = control.record.offset + 1;
}

/** The head once the record is folded into it, unless it has it already. */
export function foldHead<Value, State, Head, Out extends string>(
  topology: Topology<Value, State, Head, Out>,
  batch: Batch<State, Head>,
  record: InputRecord<Value>,
): Head {
  const key = topology.headKeyOf(record.value);
  if (key === undefined) return topology.initialHead('');
  const working = batch.heads.get(key);
  if (!working) throw new StreamError('step-failed', `${topology.name}: head ${key} was not loaded`);
  const before = working.state ?? topology.initialHead(key);
  if (working.appliedOffset >= record.offset) return before;
  const head = guarded(topology.name, record, () => topology.evolveHead(before, record));
  if (head !== before) {
    working.state = head;
    working.dirty = true;
    working.appliedOffset = record.offset;
  }
  return head;
}

function applyToDocument<Value, State, Head, Out extends string>(
  topology: Topology<Value, State, Head, Out>,
  batch: Batch<State, Head>,
  work: {
    record: InputRecord<Value>;
    head: Head;
    document: WorkingDocument<State> | undefined;
  },
): void {
  const { record, head, document } = work;
  const { bounds } = batch;
  if (document && document.appliedOffset >= record.offset) {
    const stored = pendingAt(document, record.offset);
    if (stored && record.offset >= bounds.committed) publish(batch, stored.outputs, document);
    count(topology, batch, { record, outcome: stored?.outcome ?? 'ok' });
    return;
  }
  const input = { record, head, state: document?.state };
  const result = stepOrDeadLetter(topology, batch, input);
  const outputs = result.kind === 'duplicate' ? [] : result.outputs;
  if (result.kind === 'ok' && result.entries) batch.entries.push(...result.entries);
  if (document) {
    recordResult(document, record.offset, {
      outcome: result.kind,
      outputs,
      ...(result.kind === 'ok' && result.state !== undefined ? { state: result.state } : {}),
    });
  }
  if (record.offset >= bounds.committed) publish(batch, outputs, document);
  count(topology, batch, { record, outcome: result.kind });
}

function publish<State>(
  batch: Batch<State, unknown>,
  outputs: readonly PendingOutput[],
  document: WorkingDocument<State> | undefined,
): void {
  batch.outputs.push(...outputs);
  document?.published.push(...outputs);
}

/** The step's answer; where it throws, the dead letter that the topology makes of the record. */
function stepOrDeadLetter<Value, State, Head, Out extends string>(
  topology: Topology<Value, State, Head, Out>,
  batch: Batch<State, Head>,
  input: StepInput<Value, State, Head>,
): StepResult<State, Out> {
  const { record } = input;
  try {
    const result = topology.step(input);
    batch.gauge = batch.gauge.after(signOf(result), placeOf(record));
    return result;
  } catch (error) {
    if (error instanceof StreamError) throw error;
    if (!topology.deadLetter || !(error instanceof Error) || topology.isControl?.(record.value)) {
      throw failedOn(topology.name, record, error);
    }
    batch.gauge = batch.gauge.after('internal-failure', placeOf(record));
    return { kind: 'quarantined', outputs: [topology.deadLetter(record, error)] };
  }
}

function signOf(result: StepResult<unknown, string>): RecordSign {
  return result.kind === 'quarantined' ? (result.sign ?? 'garbage') : 'good';
}

function count<Value, State, Head, Out extends string>(
  topology: Topology<Value, State, Head, Out>,
  batch: Batch<State, Head>,
  what: { record: InputRecord<Value>; outcome: 'ok' | 'duplicate' | 'quarantined' },
): void {
  const tenant = topology.tenantOf?.(what.record.value);
  if (tenant === undefined) return;
  if (what.record.offset < batch.bounds.counted) batch.counter.touch(tenant);
  else batch.counter.add(tenant, what.outcome);
}

/** A fault of ours names the record, so that it can be found again. */
function guarded<T>(topologyName: string, record: InputRecord, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw failedOn(topologyName, record, cause);
  }
}

function failedOn(topologyName: string, record: InputRecord, cause: unknown): StreamError {
  return new StreamError('step-failed', `${topologyName} failed on the record at ${placeOf(record)}`, {
    cause,
  });
}

function placeOf(record: InputRecord): string {
  return `${record.topic}/${record.partition} offset ${record.offset}`;
}
