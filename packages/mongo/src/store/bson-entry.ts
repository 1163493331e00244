import type { Entry, EntryRow } from '@bellwether/stream';
import { escapeValue, unescapeValue } from '../values/escape-value.ts';
import { plainBytes } from '../values/plain-value.ts';

/** An entry as it is stored. */
export interface BsonEntry {
  readonly _id: string;
  readonly group: string;
  readonly order: number;
  readonly value: unknown;
  /** There where the value is not stored as it is. */
  readonly escaped?: true;
}

/** An entry in the form in which it is stored. */
export function toBsonEntry({ id, group, order, value }: Entry): BsonEntry {
  if (plainBytes(value) !== undefined) return { _id: id, group, order, value };
  return { _id: id, group, order, value: escapeValue(value), escaped: true };
}

/** An entry as readers get it. */
export function toEntryRow<Value>({ _id, order, value, escaped }: BsonEntry): EntryRow<Value> {
  return { id: _id, order, value: (escaped ? unescapeValue(value) : value) as Value };
}
