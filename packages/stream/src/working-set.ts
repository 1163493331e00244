import type { Outcome } from './checkpoint.ts';
import type { PendingEntry, PendingOutput, StoredDocument } from './ports.ts';

/** A document while its batch is worked on. */
export interface WorkingDocument<State> {
  readonly id: string;
  readonly stored: StoredDocument<State> | undefined;
  state: State | undefined;
  appliedOffset: number;
  /** Stored entries that may not be published yet, and those of this batch. */
  pending: PendingEntry[];
  /** Its outputs that this batch publishes. */
  readonly published: PendingOutput[];
  /** The state or an output changed: must be saved. */
  dirty: boolean;
}

/** Takes a stored document, or one that does not exist yet, into the working set. */
export function openDocument<State>(
  id: string,
  stored: StoredDocument<State> | undefined,
): WorkingDocument<State> {
  return {
    id,
    stored,
    state: stored?.state,
    appliedOffset: stored?.appliedOffset ?? -1,
    pending: stored ? [...stored.pending] : [],
    published: [],
    dirty: false,
  };
}

/** What an already applied record led to, as stored with the document; undefined: `ok` without outputs. */
export function pendingAt(
  document: { readonly pending: readonly PendingEntry[] },
  offset: number,
): PendingEntry | undefined {
  return document.pending.find((entry) => entry.offset === offset);
}

/** Takes a new result into the document. An `ok` without outputs needs no entry. */
export function record<State>(
  document: WorkingDocument<State>,
  offset: number,
  result: { readonly outcome: Outcome; readonly outputs: readonly PendingOutput[]; readonly state?: State },
): void {
  if (result.outcome !== 'ok' || result.outputs.length > 0) {
    document.pending.push({ offset, outcome: result.outcome, outputs: result.outputs });
  }
  if (result.state !== undefined && result.state !== document.state) {
    document.state = result.state;
    document.dirty = true;
  }
  if (result.outputs.length > 0) document.dirty = true;
  document.appliedOffset = offset;
}

/**
 * The document as it must be saved: one write version on, pending entries below `settled` dropped (they are published
 * and counted for good).
 */
export function toSave<State>(
  document: WorkingDocument<State>,
  how: {
    readonly partition: number;
    readonly settled: number;
    readonly indexOf: (state: State) => StoredDocument['index'];
  },
): StoredDocument<State> | undefined {
  if (!document.dirty || document.state === undefined) return undefined;
  return {
    id: document.id,
    partition: how.partition,
    writeVersion: (document.stored?.writeVersion ?? 0) + 1,
    appliedOffset: document.appliedOffset,
    pending: document.pending.filter((entry) => entry.offset >= how.settled),
    index: how.indexOf(document.state),
    state: document.state,
  };
}
