import type { DocumentIndex, DueQuery, Entry, InputRecord, KeyedStore, PendingOutput } from './ports.ts';

/** One output of a step; `Out` are the names that the topology declares. */
export interface Output<Out extends string> extends PendingOutput {
  readonly output: Out;
}

/**
 * What became of one record: the closed union that the loop handles in one place.
 * `ok` with the next state (the same reference: nothing changed), `duplicate` (seen before), `quarantined` (the input
 * is wrong; the quarantine record is among the outputs).
 */
export type StepResult<State, Out extends string> =
  | {
      readonly kind: 'ok';
      /** Undefined: nothing to keep (a record without a document, or one that only passes through). */
      readonly state: State | undefined;
      readonly outputs: readonly Output<Out>[];
      readonly entries?: readonly Entry[];
    }
  | { readonly kind: 'duplicate' }
  | {
      readonly kind: 'quarantined';
      readonly outputs: readonly Output<Out>[];
      /**
       * `garbage` unless told otherwise. `schema-break`: a known producer wrote it under a schema that cannot be read
       * as ours; many of those stop the partition.
       */
      readonly sign?: 'garbage' | 'schema-break';
    };

/** What a step is given: the record, the head around it, and the document as it stands. */
export interface StepInput<Value, State, Head> {
  readonly record: InputRecord<Value>;
  /** This record is folded into it already. */
  readonly head: Head;
  /** Undefined for a key that has no document yet, and for records without a key. */
  readonly state: State | undefined;
}

/**
 * A topology says what is read, what is kept and what is written; it never sees an offset, a topic handle or a driver.
 * `Head` is a document that many records share (a tenant's context, a portfolio's sums): a pure fold of the records
 * themselves, saved after the documents of its batch, so that it never runs ahead of them.
 */
export interface Topology<Value, State, Head, Out extends string> {
  /** Names the consumer group. */
  readonly name: string;
  readonly input: string;
  /** The input keeps the newest record of each key only: the last one applied may not be there any more. */
  readonly isInputCompacted?: boolean;
  readonly outputs: Readonly<Record<Out, string>>;
  /** Where documents live; heads live in `<collection>-heads`. */
  readonly collection: string;
  /** Output that receives the accounting records; without it nothing is counted. */
  readonly accounting?: Out;
  /** Tenant that a record is counted for; undefined: not counted (control records). */
  tenantOf?(value: Value): string | undefined;
  /** A control record is a batch of its own. */
  isControl?(value: Value): boolean;
  /** Document id of a record; undefined: the step needs no document. */
  keyOf(record: InputRecord<Value>): string | undefined;
  headKeyOf(value: Value): string | undefined;
  initialHead(key: string): Head;
  /** Pure. Returns the same reference when the record changes nothing. */
  evolveHead(head: Head, record: InputRecord<Value>): Head;
  /** The documents that a control record is for, given the head after it. */
  dueOf?(head: Head, value: Value): DueQuery | undefined;
  /** Pure. For a control record: called once for each due document, and once without one (`state` undefined). */
  step(input: StepInput<Value, State, Head>): StepResult<State, Out>;
  /**
   * Where a record goes on which the step threw (a dead letter): a fault of ours that must not hold up others. Without
   * it the partition stops at the record; a run of such records stops it anyway.
   */
  deadLetter?(record: InputRecord<Value>, error: Error): Output<Out>;
  /**
   * What is published beside the outputs of a document, once a batch: made of its state at the end of the batch and of
   * those of its outputs that the batch publishes. Pure, and never stored: a replay makes it again, perhaps from a
   * state that is ahead of the outputs, never from one behind them.
   */
  alongside?(state: State, outputs: readonly PendingOutput[]): readonly Output<Out>[];
  indexOf(state: State): DocumentIndex;
  /**
   * Decides something about a head once a batch, after its documents are saved (top-k of a portfolio). The result's
   * outputs are stored with the head before they are published.
   */
  decideHead?(
    head: Head,
    key: string,
    store: HeadReader,
  ): Promise<{ head: Head; outputs: readonly Output<Out>[] }>;
}

export type HeadReader = Pick<KeyedStore, 'top'>;
