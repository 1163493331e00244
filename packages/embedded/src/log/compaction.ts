import type { StatementSync } from 'node:sqlite';
import type { Database } from '../database.ts';

/** So many records more than twice its keys a lane may hold before older ones go. */
const SPARE_RECORDS = 100;
/** Records that are looked at for each one appended: more than are needed to keep up with those that become old. */
const LOOKS = 2;

/**
 * Keeps a lane to about twice as many records as it has keys. Older records go a few at a time, in the order in which
 * they came: records that were appended together lie together, so that this costs a third of taking the older one away
 * with each record that replaces it.
 */
export class Compaction {
  readonly #scan: StatementSync;
  readonly #look: StatementSync;
  readonly #delete: StatementSync;
  /** Offset of the newest record by key; undefined until it is needed. */
  #newest: Map<string, number> | undefined;
  /** Records in the lane. */
  #count = 0;
  /** Where to look next. */
  #cursor = 0;

  constructor(database: Database, table: string) {
    this.#scan = database.prepare(`SELECT "offset", key FROM ${table} ORDER BY "offset"`);
    this.#look = database.prepare(
      `SELECT "offset", key FROM ${table} WHERE "offset" >= ? ORDER BY "offset" LIMIT ?`,
    );
    this.#delete = database.prepare(`DELETE FROM ${table} WHERE "offset" = ?`);
  }

  /** A record was inserted. */
  note(key: string, offset: number): void {
    if (this.#newest === undefined) {
      this.#load();
      return;
    }
    this.#newest.set(key, offset);
    this.#count += 1;
  }

  /** Takes older records away, in the transaction in which `appended` newer ones were inserted. */
  sweep(appended: number): void {
    if (this.#newest === undefined || this.#count <= 2 * this.#newest.size + SPARE_RECORDS) return;
    const limit = LOOKS * appended;
    const rows = this.#look.all(this.#cursor, limit) as unknown as [offset: number, key: string][];
    for (const [offset, key] of rows) {
      if (this.#newest.get(key) === offset) continue;
      this.#delete.run(offset);
      this.#count -= 1;
    }
    this.#cursor = rows.length < limit ? 0 : (rows.at(-1)?.[0] ?? 0) + 1;
  }

  /** The transaction came to nothing. */
  forget(): void {
    this.#newest = undefined;
  }

  #load(): void {
    const newest = new Map<string, number>();
    this.#count = 0;
    for (const row of this.#scan.iterate() as Iterable<unknown>) {
      const [offset, key] = row as [number, string];
      newest.set(key, offset);
      this.#count += 1;
    }
    this.#newest = newest;
  }
}
