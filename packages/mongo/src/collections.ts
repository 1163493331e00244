import { type StoredDocument, StreamError } from '@bellwether/stream';
import type { Collection, Db, IndexDescription as DriverIndex } from 'mongodb';
import { ENTRY_INDEXES, FIRST_INDEX, INDEX_OF_FIELD, type IndexDescription } from './indexes.ts';
import { collectionName } from './names.ts';
import type { BsonDocument } from './store/bson-document.ts';
import type { BsonEntry } from './store/bson-entry.ts';

type Kind = 'documents' | 'entries';
type IndexedField = keyof typeof INDEX_OF_FIELD;

const INDEXED_FIELDS = Object.keys(INDEX_OF_FIELD) as IndexedField[];
const FIRST_INDEXES: Readonly<Record<Kind, readonly IndexDescription[]>> = {
  documents: [FIRST_INDEX],
  entries: ENTRY_INDEXES,
};

interface Opened {
  readonly kind: Kind;
  readonly ready: Promise<unknown>;
  /** Fields of documents whose index is there or on its way. */
  readonly indexed: Map<IndexedField, Promise<unknown>>;
}

/**
 * Collections come into being when they are first asked for. An index is made, once a process, before the first
 * document is written that belongs in it: one without documents costs some servers as much at every write as a full
 * one.
 */
export class Collections {
  readonly #database: Db;
  readonly #opened = new Map<string, Opened>();

  constructor(database: Db) {
    this.#database = database;
  }

  /** @throws StreamError `refused` for a name that is not one, or is one of entries */
  async documents(name: string): Promise<Collection<BsonDocument>> {
    await this.#open('documents', name);
    return this.#database.collection<BsonDocument>(name);
  }

  /** As `documents`, with the indexes that these documents belong in. */
  async documentsToWrite(
    name: string,
    documents: readonly Pick<StoredDocument, 'index'>[],
  ): Promise<Collection<BsonDocument>> {
    const { indexed } = await this.#open('documents', name);
    for (const field of INDEXED_FIELDS) {
      if (indexed.has(field) || documents.every(({ index }) => index[field] === undefined)) continue;
      const made = this.#index(name, [INDEX_OF_FIELD[field]]);
      indexed.set(field, made);
      made.catch(() => indexed.delete(field));
    }
    await Promise.all(indexed.values());
    return this.#database.collection<BsonDocument>(name);
  }

  /** @throws StreamError `refused` for a name that is not one, or is one of documents */
  async entries(name: string): Promise<Collection<BsonEntry>> {
    await this.#open('entries', name);
    return this.#database.collection<BsonEntry>(name);
  }

  async #open(kind: Kind, name: string): Promise<Opened> {
    const opened = this.#opened.get(name) ?? this.#create(kind, collectionName(name));
    if (opened.kind !== kind)
      throw new StreamError('refused', `"${name}" is a collection of ${opened.kind}.`);
    await opened.ready;
    return opened;
  }

  /** Everybody who asks meanwhile waits for the one creation; one that failed is tried again by the next. */
  #create(kind: Kind, name: string): Opened {
    const ready = this.#index(name, FIRST_INDEXES[kind]);
    const opened: Opened = { kind, ready, indexed: new Map() };
    this.#opened.set(name, opened);
    ready.catch(() => this.#opened.delete(name));
    return opened;
  }

  #index(name: string, indexes: readonly IndexDescription[]): Promise<unknown> {
    return this.#database.collection(name).createIndexes(indexes as DriverIndex[]);
  }
}
