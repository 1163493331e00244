import type { DocumentCache, DueQuery, Entry, KeyedStore, StoredDocument } from '@bellwether/stream';
import type { Database } from '../database.ts';
import type { EventLoopTurns } from '../event-loop-turns.ts';
import { documentOf } from './document-row.ts';
import type { DocumentTable } from './document-table.ts';
import type { Tables } from './tables.ts';

/** Told of every document that was written, after its transaction committed. */
export type SaveListener = (collection: string, documents: readonly StoredDocument[]) => void;

/** What the store works with; `onSaved` keeps the read models in step. */
export interface StoreParts {
  readonly database: Database;
  readonly tables: Tables;
  readonly cache: DocumentCache;
  readonly turns: EventLoopTurns;
  readonly onSaved: SaveListener;
}

interface Written {
  readonly document: StoredDocument;
  readonly characters: number;
}

/** The keyed store over SQLite. Every save is one transaction; the cache follows it and is never ahead. */
export class EmbeddedStore implements KeyedStore {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  async load(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument>> {
    const { database, tables, cache } = this.#parts;
    const found = new Map<string, StoredDocument>();
    database.attempt(() => {
      const table = tables.documents(collection);
      for (const id of ids) {
        const document = cache.get(collection, id) ?? this.#fetch(collection, table, id);
        if (document !== undefined) found.set(id, document);
      }
    });
    return found;
  }

  async loadOpen(collection: string, partition: number, offset: number): Promise<readonly StoredDocument[]> {
    return this.#resolve(collection, (table) => table.open(partition, offset));
  }

  async loadDue(collection: string, partition: number, due: DueQuery): Promise<readonly StoredDocument[]> {
    return this.#resolve(collection, (table) => table.due(partition, due));
  }

  async top(collection: string, group: string, limit: number): Promise<readonly StoredDocument[]> {
    return this.#resolve(collection, (table) => table.top(group, limit));
  }

  async save(
    collection: string,
    documents: readonly StoredDocument[],
    entries: readonly Entry[],
  ): Promise<number> {
    const { database, tables, turns, cache, onSaved } = this.#parts;
    await turns.next();
    const table = tables.documents(collection);
    const entryTables = entries.map((entry) => tables.entries(entry.collection));
    const written = database.transaction(() => {
      entries.forEach((entry, position) => {
        entryTables[position]?.write(entry);
      });
      return this.#writeAll(collection, table, documents);
    });
    for (const { document, characters } of written) cache.put(collection, document, characters);
    onSaved(
      collection,
      written.map(({ document }) => document),
    );
    return written.length;
  }

  forget(collection: string, partition: number): void {
    this.#parts.cache.dropPartition(collection, partition);
  }

  #writeAll(collection: string, table: DocumentTable, documents: readonly StoredDocument[]): Written[] {
    const { cache } = this.#parts;
    const written: Written[] = [];
    for (const document of documents) {
      const pending = document.pending.length === 0 ? '[]' : JSON.stringify(document.pending);
      const state = JSON.stringify(document.state);
      if (table.write(document, { pending, state }, cache.get(collection, document.id))) {
        written.push({ document, characters: pending.length + state.length });
      }
    }
    return written;
  }

  /** The file is ours alone, so what is cached is what is stored. */
  #resolve(collection: string, find: (table: DocumentTable) => readonly string[]): readonly StoredDocument[] {
    const { database, tables, cache } = this.#parts;
    return database.attempt(() => {
      const table = tables.documents(collection);
      return find(table).flatMap(
        (id) => cache.get(collection, id) ?? this.#fetch(collection, table, id) ?? [],
      );
    });
  }

  #fetch(collection: string, table: DocumentTable, id: string): StoredDocument | undefined {
    const row = table.row(id);
    if (row === undefined) return undefined;
    const document = documentOf(row);
    this.#parts.cache.put(collection, document, row[4].length + row[10].length);
    return document;
  }
}
