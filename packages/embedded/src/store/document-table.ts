import type { StatementSync } from 'node:sqlite';
import type { DueQuery, StoredDocument } from '@bellwether/stream';
import type { Database } from '../database.ts';
import { tableName } from '../names.ts';
import { COLUMNS, type DocumentRow, indexColumns, sameIndex } from './document-row.ts';

/** A document in the two texts that are stored, made once and used for its size too. */
export interface DocumentTexts {
  readonly pending: string;
  readonly state: string;
}

/** The table of one collection of documents and all statements over it. */
export class DocumentTable {
  readonly #insert: StatementSync;
  readonly #replace: StatementSync;
  readonly #advance: StatementSync;
  readonly #one: StatementSync;
  readonly #open: StatementSync;
  readonly #due: StatementSync;
  readonly #top: StatementSync;
  readonly #ofGroup: StatementSync;
  readonly #countOfGroup: StatementSync;
  readonly #groups: StatementSync;

  constructor(database: Database, collection: string) {
    const table = tableName('documents', collection);
    create(database, table);
    const prepare = (sql: string) => database.prepare(sql);
    this.#insert = prepare(
      `INSERT INTO ${table} (${COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`,
    );
    this.#replace = prepare(
      `UPDATE ${table} SET write_version = ?, applied_offset = ?, pending = ?, state = ?, partition = ?,
       grp = ?, slot = ?, due_day = ?, context_version = ?, rank = ? WHERE id = ? AND write_version = ?`,
    );
    this.#advance = prepare(
      `UPDATE ${table} SET write_version = ?, applied_offset = ?, pending = ?, state = ?
       WHERE id = ? AND write_version = ?`,
    );
    this.#one = prepare(`SELECT ${COLUMNS} FROM ${table} WHERE id = ?`);
    // Asked once a take-over, so it reads the whole table: an index would have to be moved with every write.
    this.#open = prepare(
      `SELECT id FROM ${table} NOT INDEXED WHERE partition = ? AND applied_offset >= ? ORDER BY id`,
    );
    const among = `SELECT id FROM ${table} WHERE partition = ?1 AND grp = ?2`;
    this.#due = prepare(
      `${among} AND due_day <= ?5 AND slot BETWEEN ?3 AND ?4
       UNION ${among} AND context_version < ?6 AND slot BETWEEN ?3 AND ?4 ORDER BY id`,
    );
    this.#top = prepare(
      `SELECT id FROM ${table} WHERE grp = ? AND rank IS NOT NULL ORDER BY rank DESC, id LIMIT ?`,
    );
    this.#ofGroup = prepare(`SELECT id, state FROM ${table} WHERE grp = ?`);
    this.#countOfGroup = prepare(`SELECT count(*) FROM ${table} WHERE grp = ?`);
    this.#groups = prepare(`SELECT DISTINCT grp FROM ${table} WHERE grp IS NOT NULL ORDER BY grp`);
  }

  /**
   * Compare-and-set. `before` is what is known to be stored under the version before, if anything: where it is found by
   * the same conditions, the indexes over them are left alone.
   * @returns whether the document was written
   */
  write(document: StoredDocument, texts: DocumentTexts, before: StoredDocument | undefined): boolean {
    const { id, partition, writeVersion, appliedOffset } = document;
    const { pending, state } = texts;
    const columns = indexColumns(document.index);
    if (writeVersion === 1) {
      const result = this.#insert.run(id, partition, 1, appliedOffset, pending, ...columns, state);
      return result.changes === 1;
    }
    const guard = [id, writeVersion - 1] as const;
    const result =
      before !== undefined && before.writeVersion === writeVersion - 1 && sameIndex(before, document)
        ? this.#advance.run(writeVersion, appliedOffset, pending, state, ...guard)
        : this.#replace.run(writeVersion, appliedOffset, pending, state, partition, ...columns, ...guard);
    return result.changes === 1;
  }

  row(id: string): DocumentRow | undefined {
    return this.#one.get(id) as unknown as DocumentRow | undefined;
  }

  /** Ids of the partition's documents applied at `offset` or later. */
  open(partition: number, offset: number): readonly string[] {
    return idsOf(this.#open.all(partition, offset));
  }

  /** Ids of the partition's documents that are due, in order. */
  due(partition: number, due: DueQuery): readonly string[] {
    const { group, slotFrom, slotTo, day, contextVersion } = due;
    return idsOf(this.#due.all(partition, group, slotFrom, slotTo, day, contextVersion));
  }

  /** Ids of the group's documents with the greatest ranks. */
  top(group: string, limit: number): readonly string[] {
    return idsOf(this.#top.all(group, Math.max(0, limit)));
  }

  /** Id and state (JSON text) of every document of a group, in no order. Read to the end or break off. */
  ofGroup(group: string): Iterable<readonly [id: string, state: string]> {
    return this.#ofGroup.iterate(group) as unknown as Iterable<readonly [string, string]>;
  }

  countOfGroup(group: string): number {
    return Number(this.#countOfGroup.all(group).flat()[0]);
  }

  groups(): readonly string[] {
    return idsOf(this.#groups.all());
  }
}

/** Rows of one text column. */
function idsOf(rows: unknown): string[] {
  return (rows as string[][]).flat();
}

function create(database: Database, table: string): void {
  const index = (name: string, columns: string) =>
    `CREATE INDEX IF NOT EXISTS ${table.replace(/"$/, `#${name}"`)} ON ${table} (${columns})`;
  database.execute(
    `CREATE TABLE IF NOT EXISTS ${table} (
       id TEXT NOT NULL PRIMARY KEY, partition INTEGER NOT NULL, write_version INTEGER NOT NULL,
       applied_offset INTEGER NOT NULL, pending TEXT NOT NULL,
       grp TEXT, slot INTEGER, due_day INTEGER, context_version INTEGER, rank NUMERIC, state TEXT NOT NULL
     );
     ${index('due', 'partition, grp, due_day, slot')} WHERE due_day IS NOT NULL;
     ${index('context', 'partition, grp, context_version, slot')} WHERE context_version IS NOT NULL;
     ${index('top', 'grp, rank DESC, id')};`,
  );
}
