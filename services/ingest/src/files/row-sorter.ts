import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type CustomerEvent, type Feed, feedOf } from '@bellwether/events';
import type { BadRow } from './source-row.ts';

/** Sorts the events of a file by (time, row) on disk, so that memory stays bounded whatever the file's size. */
export interface RowSorter {
  addEvent(event: CustomerEvent, row: number): void;
  addBad(row: BadRow): void;
  counts(): { readonly events: number; readonly badRows: number; readonly customers: number };
  /** Days that have events, with the feeds seen on each. */
  readonly days: ReadonlyMap<number, ReadonlySet<Feed>>;
  events(): Iterable<CustomerEvent>;
  /** In the order of the file. */
  badRows(): Iterable<BadRow>;
  /** Removes the temporary file. */
  close(): void;
}

const SCHEMA = `
  PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -16384;
  CREATE TABLE events (time INTEGER NOT NULL, row INTEGER NOT NULL, part INTEGER NOT NULL,
    customer TEXT NOT NULL, json TEXT NOT NULL);
  CREATE TABLE bad_rows (row INTEGER NOT NULL, json TEXT NOT NULL);
  BEGIN;`;

/** @param folder where the temporary file goes; the system's folder for such files unless told */
export function openRowSorter(folder: string = tmpdir()): RowSorter {
  const path = mkdtempSync(join(folder, 'bellwether-import-'));
  const database = new DatabaseSync(join(path, 'rows.sqlite'));
  database.exec(SCHEMA);
  const insertEvent = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?)');
  const insertBad = database.prepare('INSERT INTO bad_rows VALUES (?, ?)');
  const days = new Map<number, Set<Feed>>();
  let part = 0;

  function addEvent(event: CustomerEvent, row: number): void {
    insertEvent.run(event.time, row, part++, event.customerId, JSON.stringify(event));
    const feeds = days.get(event.day) ?? new Set<Feed>();
    const feed = feedOf(event.type);
    if (feed) feeds.add(feed);
    days.set(event.day, feeds);
  }

  function* jsonOf<T>(sql: string): Generator<T> {
    for (const { json } of database.prepare(sql).iterate()) yield JSON.parse(String(json)) as T;
  }

  function count(sql: string): number {
    return Number(database.prepare(sql).get()?.n ?? 0);
  }

  return {
    addEvent,
    addBad: (row) => void insertBad.run(row.row, JSON.stringify(row)),
    counts: () => ({
      events: count('SELECT count(*) AS n FROM events'),
      badRows: count('SELECT count(*) AS n FROM bad_rows'),
      customers: count('SELECT count(DISTINCT customer) AS n FROM events'),
    }),
    days,
    events: () => jsonOf<CustomerEvent>('SELECT json FROM events ORDER BY time, row, part'),
    badRows: () => jsonOf<BadRow>('SELECT json FROM bad_rows ORDER BY row'),
    close() {
      database.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}
