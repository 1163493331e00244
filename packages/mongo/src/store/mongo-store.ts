import type { DueQuery, Entry, KeyedStore, StoredDocument } from '@bellwether/stream';
import type { Collection, Filter, FindOptions } from 'mongodb';
import type { Collections } from '../collections.ts';
import type { Attempt } from '../mongo-errors.ts';
import { fromBytes, readRows } from '../read-rows.ts';
import {
  type BsonDocument,
  type MeasuredDocument,
  toBsonDocument,
  toStoredDocument,
} from './bson-document.ts';
import { toBsonEntry } from './bson-entry.ts';
import { allSettled, writeEntries, writeGuarded } from './guarded-write.ts';
import type { KeptDocument, OwnedDocuments } from './owned-documents.ts';
import type { TransactionalWriter } from './transactional-writer.ts';

/** What the store works with. */
export interface StoreParts {
  readonly collections: Collections;
  readonly owned: OwnedDocuments;
  readonly attempt: Attempt;
  /** There where the server is a replica set. */
  readonly transactional: TransactionalWriter | undefined;
}

/** The keyed store over MongoDB: one document each, written by compare-and-set. */
export class MongoStore implements KeyedStore {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  async load(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument>> {
    const { owned } = this.#parts;
    const found = new Map<string, StoredDocument>();
    const missing = new Set<string>();
    for (const id of ids) {
      const document = owned.get(collection, id);
      if (document === undefined) missing.add(id);
      else found.set(id, document);
    }
    if (missing.size === 0) return found;
    const filter = { _id: { $in: [...missing] } };
    for (const document of await this.#read(collection, filter, { batchSize: missing.size })) {
      found.set(document.id, document);
    }
    return found;
  }

  async loadOpen(collection: string, partition: number, offset: number): Promise<readonly StoredDocument[]> {
    return await this.#read(collection, { partition, appliedOffset: { $gte: offset } });
  }

  async loadDue(collection: string, partition: number, due: DueQuery): Promise<readonly StoredDocument[]> {
    const { group, slotFrom, slotTo, day, contextVersion } = due;
    const among = {
      partition,
      'index.group': group,
      'index.slot': { $gte: slotFrom, $lte: slotTo },
    };
    // Each branch names all fields of its index; documents that pass both are found once.
    const documents = await this.#read(collection, {
      $or: [
        { ...among, 'index.dueDay': { $lte: day } },
        { ...among, 'index.contextVersion': { $lt: contextVersion } },
      ],
    });
    return documents.sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async top(collection: string, group: string, limit: number): Promise<readonly StoredDocument[]> {
    if (limit < 1) return [];
    const filter = { 'index.group': group, 'index.rank': { $exists: true } };
    return await this.#read(collection, filter, { sort: { 'index.rank': -1, _id: 1 }, limit });
  }

  async save(
    collection: string,
    documents: readonly StoredDocument[],
    entries: readonly Entry[],
  ): Promise<number> {
    if (entries.length > 0) await this.#saveEntries(entries);
    if (documents.length === 0) return 0;
    const { collections, owned, attempt } = this.#parts;
    const { moment } = owned;
    const measured = documents.map(toBsonDocument);
    let written: number | undefined;
    // From here until all are known to be written, nobody knows what is stored.
    owned.drop(collection, documents);
    try {
      const target = await attempt(() => collections.documentsToWrite(collection, documents));
      written = await attempt(() => this.#write(target, measured));
    } finally {
      if (written === documents.length) owned.keepSaved(collection, kept(documents, measured), moment);
      else owned.drop(collection, documents);
    }
    return written;
  }

  forget(collection: string, partition: number): void {
    this.#parts.owned.forget(collection, partition);
  }

  async #write(
    collection: Collection<BsonDocument>,
    documents: readonly MeasuredDocument[],
  ): Promise<number> {
    const { transactional } = this.#parts;
    if (transactional) return await transactional.write(collection, documents);
    return await writeGuarded(
      collection,
      documents.map(({ bson }) => bson),
    );
  }

  async #saveEntries(entries: readonly Entry[]): Promise<void> {
    const { collections, attempt } = this.#parts;
    const groups = Map.groupBy(entries, ({ collection }) => collection);
    await attempt(() =>
      allSettled(
        Array.from(groups, async ([name, ofOne]) =>
          writeEntries(await collections.entries(name), ofOne.map(toBsonEntry)),
        ),
      ),
    );
  }

  async #read(
    collection: string,
    filter: Filter<BsonDocument>,
    options?: FindOptions,
  ): Promise<StoredDocument[]> {
    const { collections, owned, attempt } = this.#parts;
    const { moment } = owned;
    const rows = await attempt(async () =>
      readRows(await collections.documents(collection), filter, options),
    );
    return rows.map((row) => {
      const document = toStoredDocument(fromBytes(row));
      owned.keepRead(collection, { document, bytes: row.byteLength }, moment);
      return document;
    });
  }
}

function* kept(
  documents: readonly StoredDocument[],
  measured: readonly { readonly bytes: number }[],
): Generator<KeptDocument> {
  for (const [position, document] of documents.entries()) {
    yield { document, bytes: measured[position]?.bytes ?? 0 };
  }
}
