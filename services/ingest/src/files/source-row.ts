import type { Fault, QuarantineReason } from '@bellwether/events';
import { utf8Fault } from '../acceptance/utf8.ts';
import type { Cells } from '../map/compile-field.ts';
import { MAX_ORIGINAL_CHARACTERS } from '../sources/kept-original.ts';

/** A row that could be read. `row` is the number of its first line in the file. */
export interface ReadableRow {
  readonly kind: 'cells';
  readonly row: number;
  readonly cells: Cells;
  readonly original: string;
}
/** A line of a JSONL file, parsed. */
export interface JsonRow {
  readonly kind: 'json';
  readonly row: number;
  readonly value: unknown;
  readonly original: string;
}
/** A row that goes to quarantine, with the reason. */
export interface BadRow {
  readonly kind: 'bad';
  readonly row: number;
  readonly reason: QuarantineReason;
  readonly faults: readonly Fault[];
  /** Text, or base64 for `not-utf8`; cut to 64 kB. */
  readonly original: string;
}
export type SourceRow = ReadableRow | JsonRow | BadRow;

export function badRow(row: number, original: string, why: Pick<BadRow, 'reason' | 'faults'>): BadRow {
  return { kind: 'bad', row, ...why, original: original.slice(0, MAX_ORIGINAL_CHARACTERS) };
}

/** A row whose bytes are not UTF-8: they are kept as base64. */
export function notUtf8(row: number, bytes: Buffer): BadRow {
  const kept = bytes.subarray(0, (MAX_ORIGINAL_CHARACTERS / 4) * 3);
  return badRow(row, kept.toString('base64'), { reason: 'not-utf8', faults: [utf8Fault('row', bytes)] });
}

export function tooLong(row: number, bytes: Buffer, limitBytes: number): BadRow {
  const faults = [{ path: 'row', expected: `at most ${limitBytes} bytes`, got: 'more' }];
  return badRow(row, bytes.toString('utf8'), { reason: 'too-large', faults });
}

export function unreadable(row: number, original: string, fault: Fault): BadRow {
  return badRow(row, original, { reason: 'row-unreadable', faults: [fault] });
}
