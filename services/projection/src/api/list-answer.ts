import type { FastifyReply } from 'fastify';
import type { TObject } from 'typebox';
import { sendCsv, toCsv } from './csv.ts';
import { PAGE_ROWS } from './query.ts';

interface ListQuery {
  readonly limit?: number;
  readonly format?: string;
}

/** Rows that a request wants: its limit, or everything for a file. */
export function wantedRows({ limit, format }: ListQuery): number {
  return format === 'csv' ? Number.POSITIVE_INFINITY : (limit ?? PAGE_ROWS);
}

export interface Answer {
  /** Name of the file, where it becomes one. */
  readonly name: string;
  /** Its fields are the columns. */
  readonly schema: TObject;
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next?: string | null;
}

/** Answers a list as `{items, next}`, or as a file. */
export function sendList(reply: FastifyReply, query: ListQuery, answer: Answer): FastifyReply {
  const { name, schema, items, next = null } = answer;
  if (query.format === 'csv') return sendCsv(reply, name, toCsv(schema, items));
  return reply.send({ items, next });
}

/** Cuts one row too many off a page; `next` is made from the last row that stays. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string,
): { readonly items: readonly Row[]; readonly next: string | null } {
  if (rows.length <= limit) return { items: rows, next: null };
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last === undefined ? null : cursorOf(last) };
}
