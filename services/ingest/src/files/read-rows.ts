import { isUtf8 } from 'node:buffer';
import { shown } from '@bellwether/events';
import { parseJson } from '../acceptance/parse-json.ts';
import type { Cells } from '../map/compile-field.ts';
import type { Format } from '../map/map-schema.ts';
import { readCsv } from './read-csv.ts';
import { type Line, MAX_ROW_BYTES, readLines } from './read-lines.ts';
import { badRow, notUtf8, type SourceRow, tooLong, unreadable } from './source-row.ts';

/** A file that was opened: the names of its columns, and its rows in batches. */
export interface OpenedRows {
  readonly header: readonly string[];
  readonly rows: AsyncGenerator<readonly SourceRow[]>;
}

/**
 * Opens a file of rows. Rows of another length than the header are bad rows; blank lines are no rows.
 * @param columns what the map reads; for JSONL (which has no header) these are the names, or paths with dots
 */
export async function openRows(
  chunks: AsyncIterable<Buffer>,
  format: Format,
  columns: readonly string[],
): Promise<OpenedRows> {
  const lines = readLines(chunks);
  if (format.type === 'jsonl') return { header: columns, rows: perLine(lines, (line) => jsonRow(line)) };
  if (format.type === 'whitespace') {
    const rows = perLine(lines, (line) => whitespaceRow(line));
    return { header: format.columns, rows: ofLength(rows, format.columns.length) };
  }
  const rows = readCsv(lines, format.delimiter);
  if (format.columns) return { header: format.columns, rows: ofLength(rows, format.columns.length) };
  const first = await rows.next();
  const [head, ...others] = first.done ? [] : first.value;
  const header = head?.kind === 'cells' ? head.cells.map((name) => name.trim()) : [];
  return { header, rows: ofLength(startingWith(others, rows), header.length) };
}

/** Cells of a JSON object in the order of `columns`; values that are not text, number or boolean count as empty. */
export function cellsOf(value: unknown, columns: readonly string[]): Cells {
  return columns.map((column) => cellOf(at(value, column) ?? path(value, column)));
}

function path(value: unknown, column: string): unknown {
  return column.split('.').reduce((found: unknown, name) => at(found, name), value);
}

function at(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function cellOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

async function* perLine(
  batches: AsyncIterable<readonly Line[]>,
  read: (line: Line) => SourceRow | undefined,
): AsyncGenerator<readonly SourceRow[]> {
  for await (const lines of batches) {
    yield lines.flatMap((line) => {
      if (line.tooLong) return [tooLong(line.number, line.bytes, MAX_ROW_BYTES)];
      if (!isUtf8(line.bytes)) return [notUtf8(line.number, line.bytes)];
      return read(line) ?? [];
    });
  }
}

function jsonRow(line: Line): SourceRow | undefined {
  const original = line.bytes.toString('utf8');
  if (original.trim() === '') return undefined;
  const parsed = parseJson(line.bytes);
  if (!parsed.ok)
    return badRow(line.number, original, {
      reason: parsed.reason,
      faults: [{ ...parsed.fault, path: 'row' }],
    });
  return { kind: 'json', row: line.number, value: parsed.value, original };
}

function whitespaceRow(line: Line): SourceRow | undefined {
  const original = line.bytes.toString('utf8');
  const text = original.trim();
  return text === '' ? undefined : { kind: 'cells', row: line.number, cells: text.split(/\s+/), original };
}

async function* startingWith<T>(
  first: readonly T[],
  rest: AsyncIterable<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  yield first;
  yield* rest;
}

async function* ofLength(
  batches: AsyncIterable<readonly SourceRow[]>,
  length: number,
): AsyncGenerator<readonly SourceRow[]> {
  for await (const rows of batches) yield rows.map((row) => withLength(row, length));
}

function withLength(row: SourceRow, length: number): SourceRow {
  if (row.kind !== 'cells') return row;
  if (row.cells.length === length) return { ...row, cells: row.cells.map((cell) => cell.trim()) };
  const got = `${row.cells.length} columns: ${shown(row.original)}`;
  return unreadable(row.row, row.original, { path: 'row', expected: `${length} columns`, got });
}
