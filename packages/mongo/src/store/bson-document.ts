import type { DocumentIndex, PendingEntry, StoredDocument } from '@bellwether/stream';
import { escapeValue, unescapeValue } from '../values/escape-value.ts';
import { plainBytes } from '../values/plain-value.ts';

/** A document as it is stored: plain BSON, so that people can query the states. */
export interface BsonDocument {
  readonly _id: string;
  readonly partition: number;
  readonly writeVersion: number;
  readonly appliedOffset: number;
  readonly pending: readonly PendingEntry[];
  readonly index: DocumentIndex;
  readonly state: unknown;
  /** There where pending outputs, index and state are not stored as they are. */
  readonly escaped?: true;
}

/** A document in the form in which it is stored, and about how many bytes that takes. */
export interface MeasuredDocument {
  readonly bson: BsonDocument;
  readonly bytes: number;
}

/** What a document's other fields take. */
const FRAME_BYTES = 120;

/** Shares everything with the document unless something in it has to be escaped. */
export function toBsonDocument(document: StoredDocument): MeasuredDocument {
  const { id, partition, writeVersion, appliedOffset, pending, index, state } = document;
  const guard = { _id: id, partition, writeVersion, appliedOffset };
  const bytes = sum([pending.length === 0 ? 0 : plainBytes(pending), plainBytes(index), plainBytes(state)]);
  if (bytes !== undefined) return { bson: { ...guard, pending, index, state }, bytes };
  const escaped = {
    pending: escapeValue(pending) as PendingEntry[],
    index: escapeValue(index) as DocumentIndex,
    state: escapeValue(state),
  };
  return {
    bson: { ...guard, ...escaped, escaped: true },
    bytes: FRAME_BYTES + JSON.stringify(escaped).length,
  };
}

/** The document that `toBsonDocument` was given. */
export function toStoredDocument(bson: BsonDocument): StoredDocument {
  const { _id, partition, writeVersion, appliedOffset, pending, index } = bson;
  const guard = { id: _id, partition, writeVersion, appliedOffset };
  const state = toState(bson);
  if (!bson.escaped) return { ...guard, pending, index, state };
  return {
    ...guard,
    pending: unescapeValue(pending) as PendingEntry[],
    index: unescapeValue(index) as DocumentIndex,
    state,
  };
}

/** The state alone. */
export function toState({ state, escaped }: Pick<BsonDocument, 'state' | 'escaped'>): unknown {
  return escaped ? unescapeValue(state) : state;
}

function sum(parts: readonly (number | undefined)[]): number | undefined {
  let total = FRAME_BYTES;
  for (const bytes of parts) {
    if (bytes === undefined) return undefined;
    total += bytes;
  }
  return total;
}
