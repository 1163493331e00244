import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { type Line, MAX_ROW_BYTES } from './read-lines.ts';
import { notUtf8, type ReadableRow, type SourceRow, tooLong, unreadable } from './source-row.ts';

const QUOTE = 0x22;
const LINE_FEED = Buffer.from('\n');

/**
 * Reads CSV (RFC 4180) from lines. csv-parse does the reading, batch by batch; this cuts the lines into rows, so that a
 * quote that is never closed costs its own line and not the rest of the file.
 */
export async function* readCsv(
  batches: AsyncIterable<readonly Line[]>,
  delimiter: string,
): AsyncGenerator<readonly SourceRow[]> {
  let waiting: readonly Line[] = [];
  for await (const lines of batches) {
    const cut = cutRows(waiting.length === 0 ? lines : [...waiting, ...lines], { delimiter, last: false });
    waiting = cut.waiting;
    if (cut.rows.length > 0) yield cut.rows;
  }
  const { rows } = cutRows(waiting, { delimiter, last: true });
  if (rows.length > 0) yield rows;
}

interface Cut {
  readonly rows: readonly SourceRow[];
  /** Lines of a row that is not complete yet. */
  readonly waiting: readonly Line[];
}

function cutRows(lines: readonly Line[], how: { readonly delimiter: string; readonly last: boolean }): Cut {
  const rows: SourceRow[] = [];
  let simple: Line[] = [];
  const flush = () => {
    for (const row of parseSimple(simple, how.delimiter)) rows.push(row);
    simple = [];
  };
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    if (!line) break;
    if (!line.tooLong && evenQuotes(line.bytes)) {
      simple.push(line);
      index += 1;
      continue;
    }
    flush();
    const end = line.tooLong ? index + 1 : endOfRow(lines, index);
    if (end === undefined && !how.last && sizeOf(lines, index) <= MAX_ROW_BYTES) {
      return { rows, waiting: lines.slice(index) };
    }
    const { row, taken } = parseLong(lines.slice(index, end ?? index + 1), how.delimiter, end !== undefined);
    rows.push(row);
    index += taken;
  }
  flush();
  return { rows, waiting: [] };
}

/** A row whose quotes span lines. Where it cannot be read, its first line is bad and the next ones get their chance. */
function parseLong(
  lines: readonly Line[],
  delimiter: string,
  closed: boolean,
): { row: SourceRow; taken: number } {
  const [first] = lines;
  if (!first) throw new RangeError('a row has at least one line');
  const bytes = Buffer.concat(
    lines.flatMap((line, index) => (index === 0 ? [line.bytes] : [LINE_FEED, line.bytes])),
  );
  if (first.tooLong || bytes.length > MAX_ROW_BYTES) {
    return { row: tooLong(first.number, first.bytes, MAX_ROW_BYTES), taken: 1 };
  }
  const text = bytes.toString('utf8');
  const cells = closed ? parseRow(text, delimiter) : undefined;
  const utf8 = isUtf8(cells ? bytes : first.bytes);
  if (!utf8) {
    const taken = cells ? lines.length : 1;
    return { row: notUtf8(first.number, cells ? bytes : first.bytes), taken };
  }
  if (cells) return { row: readable(first.number, cells, text), taken: lines.length };
  return { row: badQuotes(first), taken: 1 };
}

/** Rows of one line each: all at once, and one by one only where that fails. */
function parseSimple(lines: readonly Line[], delimiter: string): SourceRow[] {
  const texts: { readonly line: Line; readonly text: string }[] = [];
  const rows = new Map<number, SourceRow>();
  for (const line of lines) {
    if (!isUtf8(line.bytes)) {
      rows.set(line.number, notUtf8(line.number, line.bytes));
      continue;
    }
    const text = line.bytes.toString('utf8');
    if (text.trim() !== '') texts.push({ line, text });
  }
  const all = parseTexts(texts.map(({ text }) => text).join('\n'), delimiter);
  for (const [index, { line, text }] of texts.entries()) {
    const cells = all?.length === texts.length ? all[index] : parseRow(text, delimiter);
    rows.set(line.number, cells ? readable(line.number, cells, text) : badQuotes(line));
  }
  return lines.flatMap((line) => rows.get(line.number) ?? []);
}

function readable(row: number, cells: readonly string[], original: string): ReadableRow {
  return { kind: 'cells', row, cells, original };
}

function parseRow(text: string, delimiter: string): readonly string[] | undefined {
  const rows = parseTexts(text, delimiter);
  return rows?.length === 1 ? rows[0] : undefined;
}

function parseTexts(text: string, delimiter: string): readonly (readonly string[])[] | undefined {
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true, trim: false });
  } catch {
    return undefined; // quotes that RFC 4180 does not allow; the caller finds the row
  }
}

function badQuotes(line: Line): SourceRow {
  const expected = 'a row whose quotes are closed and doubled inside (RFC 4180)';
  const text = line.bytes.toString('utf8');
  return unreadable(line.number, text, { path: 'row', expected, got: 'a quote out of place' });
}

function evenQuotes(bytes: Buffer): boolean {
  let even = true;
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) even = !even;
  return even;
}

/** Index after the line that closes the quote opened in line `from`; undefined when none does yet. */
function endOfRow(lines: readonly Line[], from: number): number | undefined {
  let size = 0;
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index];
    size += (line?.bytes.length ?? 0) + 1;
    if (!line || line.tooLong || size > MAX_ROW_BYTES) return undefined;
    if (index > from && !evenQuotes(line.bytes)) return index + 1;
  }
  return undefined;
}

function sizeOf(lines: readonly Line[], from: number): number {
  let size = 0;
  for (let index = from; index < lines.length; index += 1) size += (lines[index]?.bytes.length ?? 0) + 1;
  return size;
}
