import type { Database } from '../database.ts';
import { DocumentTable } from './document-table.ts';
import { EntryTable } from './entry-table.ts';

/** Tables of the collections that were used so far; a collection comes into being when it is first asked for. */
export class Tables {
  readonly #database: Database;
  readonly #documents = new Map<string, DocumentTable>();
  readonly #entries = new Map<string, EntryTable>();

  constructor(database: Database) {
    this.#database = database;
  }

  documents(collection: string): DocumentTable {
    const known = this.#documents.get(collection);
    if (known !== undefined) return known;
    const table = new DocumentTable(this.#database, collection);
    this.#documents.set(collection, table);
    return table;
  }

  entries(collection: string): EntryTable {
    const known = this.#entries.get(collection);
    if (known !== undefined) return known;
    const table = new EntryTable(this.#database, collection);
    this.#entries.set(collection, table);
    return table;
  }
}
