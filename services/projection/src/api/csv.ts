import type { FastifyReply } from 'fastify';
import type { TObject } from 'typebox';

/**
 * Rows as CSV (RFC 4180: CRLF, quotes doubled), one column a field of the schema. A text that a spreadsheet would take
 * for a formula gets an apostrophe in front; lists are joined by `; `, objects are written as JSON.
 */
export function toCsv(schema: TObject, rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = Object.keys(schema.properties);
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : listOrObject(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function listOrObject(value: unknown): string {
  const isPlainList =
    Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
  return isPlainList ? value.map((item) => item ?? '').join('; ') : JSON.stringify(value);
}

/** Sends rows as a file to download. `name` is ours, never the user's. */
export function sendCsv(reply: FastifyReply, name: string, csv: string): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8; header=present')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .serializer(String)
    .send(csv);
}
