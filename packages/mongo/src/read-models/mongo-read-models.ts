import type { EntryRow, Filter, FindQuery, FoundRow, ReadModels } from '@bellwether/stream';
import type { Document } from 'mongodb';
import type { Collections } from '../collections.ts';
import type { Attempt } from '../mongo-errors.ts';
import { fromBytes, readRows } from '../read-rows.ts';
import { type BsonDocument, toState } from '../store/bson-document.ts';
import { toEntryRow } from '../store/bson-entry.ts';
import { afterPosition, sortOf } from './page-after.ts';
import { stateFilter } from './state-filter.ts';

/** What the read models share with the store: never its cache, which may be behind other processes. */
export interface ReadModelParts {
  readonly collections: Collections;
  readonly attempt: Attempt;
}

/** Rows asked for at once; a reply ends at 16 MiB in any case. */
const LARGEST_REPLY = 10_000;

/** The read-model port: every answer comes from the server, so that what any process has saved is found. */
export class MongoReadModels implements ReadModels {
  readonly #parts: ReadModelParts;

  constructor(parts: ReadModelParts) {
    this.#parts = parts;
  }

  async get<State>(collection: string, id: string): Promise<State | undefined> {
    const { collections, attempt } = this.#parts;
    return await attempt(async () => {
      const documents = await collections.documents(collection);
      const [found] = await readRows(documents, { _id: id }, { limit: 1 });
      return found && (toState(fromBytes(found)) as State);
    });
  }

  async find<State>(collection: string, query: FindQuery): Promise<readonly FoundRow<State>[]> {
    if (query.limit < 1) return [];
    const { collections, attempt } = this.#parts;
    const filter = inGroup(query.group, query.filter);
    if (query.after !== undefined) filter.$and.push(afterPosition(query.sort, query.after));
    return await attempt(async () => {
      const documents = await collections.documents(collection);
      // Whole documents: nearly all of each is its state, and leaving the rest out costs the server more.
      const rows = await readRows(documents, filter, {
        sort: sortOf(query.sort),
        limit: query.limit,
        batchSize: Math.min(query.limit, LARGEST_REPLY),
        allowDiskUse: true,
      });
      return rows.map((bytes) => {
        const row = fromBytes<BsonDocument>(bytes);
        return { id: row._id, state: toState(row) as State };
      });
    });
  }

  async count(collection: string, group: string, filter?: Filter): Promise<number> {
    const { collections, attempt } = this.#parts;
    const wanted = inGroup(group, filter);
    return await attempt(async () => (await collections.documents(collection)).countDocuments(wanted));
  }

  async groups(collection: string): Promise<readonly string[]> {
    const { collections, attempt } = this.#parts;
    return await attempt(async () => {
      const documents = await collections.documents(collection);
      const groups: string[] = await documents.distinct('index.group', { 'index.group': { $exists: true } });
      return groups.sort();
    });
  }

  async entries<Value>(
    collection: string,
    group: string,
    options: { readonly limit: number; readonly before?: { readonly order: number; readonly id: string } },
  ): Promise<readonly EntryRow<Value>[]> {
    const { limit, before } = options;
    if (limit < 1) return [];
    const { collections, attempt } = this.#parts;
    // The range on `order` alone lets the index start at the position.
    const page = before && {
      order: { $lte: before.order },
      $or: [{ order: { $lt: before.order } }, { _id: { $lt: before.id } }],
    };
    return await attempt(async () => {
      const stored = await collections.entries(collection);
      const rows = await readRows(
        stored,
        { group, ...page },
        { sort: { order: -1, _id: -1 }, limit, batchSize: limit },
      );
      return rows.map((row) => toEntryRow<Value>(fromBytes(row)));
    });
  }
}

function inGroup(group: string, filter: Filter | undefined): { 'index.group': string; $and: Document[] } {
  return { 'index.group': group, $and: [stateFilter(filter)] };
}
