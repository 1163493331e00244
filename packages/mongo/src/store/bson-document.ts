import type { DocumentIndex, PendingEntry, StoredDocument } from '@bellwether/stream';
import { escapeValue, unescapeValue } from '../values/escape-value.ts';
import { plainBytes } from '../values/plain-value.ts';

/**
 * A document as it is stored: plain BSON, so that people can query the states. Pending outputs are JSON text: nobody
 * asks for parts of them, and a server takes a text apart no further.
 */
export interface BsonDocument {
  readonly _id: string;
  readonly partition: number;
  readonly writeVersion: number;
  readonly appliedOffset: number;
  readonly pending: string;
  readonly index: DocumentIndex;
  readonly state: unknown;
  /** There where index and state are not stored as they are. */
  readonly escaped?: true;
}

/** A document in the form in which it is stored, and about how many bytes that takes. */
export interface MeasuredDocument {
  readonly bson: BsonDocument;
  readonly bytes: number;
}

/** What a document's other fields take. */
const FRAME_BYTES = 120;

/** Shares index and state with the document unless something in them has to be escaped. */
export function toBsonDocument(document: StoredDocument): MeasuredDocument {
  const { id, partition, writeVersion, appliedOffset, index, state } = document;
  const pending = document.pending.length === 0 ? '' : JSON.stringify(document.pending);
  const guard = { _id: id, partition, writeVersion, appliedOffset, pending };
  const indexBytes = plainBytes(index);
  const stateBytes = plainBytes(state);
  const guardBytes = FRAME_BYTES + pending.length;
  if (indexBytes !== undefined && stateBytes !== undefined) {
    return { bson: { ...guard, index, state }, bytes: guardBytes + indexBytes + stateBytes };
  }
  const escaped = { index: escapeValue(index) as DocumentIndex, state: escapeValue(state) };
  return {
    bson: { ...guard, ...escaped, escaped: true },
    bytes: guardBytes + JSON.stringify(escaped).length,
  };
}

/** The document that `toBsonDocument` was given. */
export function toStoredDocument(bson: BsonDocument): StoredDocument {
  const { _id, partition, writeVersion, appliedOffset, index } = bson;
  const pending: readonly PendingEntry[] = bson.pending === '' ? [] : JSON.parse(bson.pending);
  const guard = { id: _id, partition, writeVersion, appliedOffset, pending };
  const state = toState(bson);
  return { ...guard, index: bson.escaped ? (unescapeValue(index) as DocumentIndex) : index, state };
}

/** The state alone. */
export function toState({ state, escaped }: Pick<BsonDocument, 'state' | 'escaped'>): unknown {
  return escaped ? unescapeValue(state) : state;
}
