import type { StatementSync } from 'node:sqlite';
import type { Entry, EntryRow } from '@bellwether/stream';
import type { Database } from '../database.ts';
import { tableName } from '../names.ts';

type EntryColumns = readonly [id: string, order: number, value: string];

/** The table of one collection of entries: append-only, an id that is there already is left as it is. */
export class EntryTable {
  readonly #insert: StatementSync;
  readonly #newest: StatementSync;
  readonly #before: StatementSync;

  constructor(database: Database, collection: string) {
    const table = tableName('entries', collection);
    database.execute(
      `CREATE TABLE IF NOT EXISTS ${table} (
         id TEXT NOT NULL PRIMARY KEY, grp TEXT NOT NULL, ord NUMERIC NOT NULL, value TEXT NOT NULL
       );
       CREATE INDEX IF NOT EXISTS ${table.replace(/"$/, '#order"')} ON ${table} (grp, ord DESC, id DESC);`,
    );
    const page = `SELECT id, ord, value FROM ${table} WHERE grp = ?`;
    this.#insert = database.prepare(`INSERT INTO ${table} VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`);
    this.#newest = database.prepare(`${page} ORDER BY ord DESC, id DESC LIMIT ?`);
    this.#before = database.prepare(`${page} AND (ord, id) < (?, ?) ORDER BY ord DESC, id DESC LIMIT ?`);
  }

  write(entry: Entry): void {
    this.#insert.run(entry.id, entry.group, entry.order, JSON.stringify(entry.value));
  }

  page(group: string, limit: number, before?: { readonly order: number; readonly id: string }): EntryRow[] {
    const count = Math.max(0, limit);
    const rows =
      before === undefined
        ? this.#newest.all(group, count)
        : this.#before.all(group, before.order, before.id, count);
    return (rows as unknown as EntryColumns[]).map(([id, order, value]) => ({
      id,
      order,
      value: JSON.parse(value),
    }));
  }
}
