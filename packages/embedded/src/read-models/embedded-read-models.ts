import type {
  DocumentCache,
  EntryRow,
  Filter,
  FindQuery,
  FoundRow,
  ReadModels,
  StoredDocument,
} from '@bellwether/stream';
import type { Database } from '../database.ts';
import type { Tables } from '../store/tables.ts';
import { countRows, findRows } from './find-rows.ts';
import { MemoryCollection } from './memory-collection.ts';

/** What the read models share with the store. */
export interface ReadModelParts {
  readonly database: Database;
  readonly tables: Tables;
  readonly cache: DocumentCache;
  /** Collections whose states are kept in memory. */
  readonly inMemory: readonly string[];
}

/** The read-model port over the store's own tables: what a save has written is found by the next query. */
export class EmbeddedReadModels implements ReadModels {
  readonly #parts: ReadModelParts;
  readonly #memory: ReadonlyMap<string, MemoryCollection>;

  constructor(parts: ReadModelParts) {
    this.#parts = parts;
    this.#memory = new Map(
      parts.inMemory.map((name) => [name, new MemoryCollection(parts.tables.documents(name))] as const),
    );
  }

  /** To be called after a save has committed. */
  onSaved(collection: string, documents: readonly StoredDocument[]): void {
    this.#memory.get(collection)?.update(documents);
  }

  async get<State>(collection: string, id: string): Promise<State | undefined> {
    const { database, tables, cache } = this.#parts;
    const cached = cache.get(collection, id);
    if (cached !== undefined) return cached.state as State;
    return database.attempt(() => {
      const row = tables.documents(collection).row(id);
      return row === undefined ? undefined : (JSON.parse(row[10]) as State);
    });
  }

  async find<State>(collection: string, query: FindQuery): Promise<readonly FoundRow<State>[]> {
    return this.#parts.database.attempt(
      () => findRows(this.#rows(collection, query.group), query) as FoundRow<State>[],
    );
  }

  async count(collection: string, group: string, filter?: Filter): Promise<number> {
    return this.#parts.database.attempt(() =>
      filter === undefined
        ? this.#parts.tables.documents(collection).countOfGroup(group)
        : countRows(this.#rows(collection, group), filter),
    );
  }

  async groups(collection: string): Promise<readonly string[]> {
    return this.#parts.database.attempt(() => this.#parts.tables.documents(collection).groups());
  }

  async entries<Value>(
    collection: string,
    group: string,
    options: { readonly limit: number; readonly before?: { readonly order: number; readonly id: string } },
  ): Promise<readonly EntryRow<Value>[]> {
    return this.#parts.database.attempt(
      () =>
        this.#parts.tables
          .entries(collection)
          .page(group, options.limit, options.before) as EntryRow<Value>[],
    );
  }

  #rows(collection: string, group: string): Iterable<readonly [id: string, state: unknown]> {
    return (
      this.#memory.get(collection)?.rows(group) ??
      parsed(this.#parts.tables.documents(collection).ofGroup(group))
    );
  }
}

function* parsed(
  rows: Iterable<readonly [id: string, state: string]>,
): Generator<readonly [id: string, state: unknown]> {
  for (const [id, state] of rows) yield [id, JSON.parse(state)];
}
