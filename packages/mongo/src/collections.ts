import { StreamError } from '@bellwether/stream';
import type { Collection, Db, IndexDescription as DriverIndex } from 'mongodb';
import { DOCUMENT_INDEXES, ENTRY_INDEXES, type IndexDescription } from './indexes.ts';
import { collectionName } from './names.ts';
import type { BsonDocument } from './store/bson-document.ts';
import type { BsonEntry } from './store/bson-entry.ts';

type Kind = 'documents' | 'entries';

const INDEXES: Readonly<Record<Kind, readonly IndexDescription[]>> = {
  documents: DOCUMENT_INDEXES,
  entries: ENTRY_INDEXES,
};

interface Opened {
  readonly kind: Kind;
  readonly ready: Promise<unknown>;
}

/** Collections come into being when they are first asked for; each gets its indexes then, once a process. */
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

  /** @throws StreamError `refused` for a name that is not one, or is one of documents */
  async entries(name: string): Promise<Collection<BsonEntry>> {
    await this.#open('entries', name);
    return this.#database.collection<BsonEntry>(name);
  }

  async #open(kind: Kind, name: string): Promise<void> {
    const opened = this.#opened.get(name) ?? this.#create(kind, collectionName(name));
    if (opened.kind !== kind)
      throw new StreamError('refused', `"${name}" is a collection of ${opened.kind}.`);
    await opened.ready;
  }

  /** Everybody who asks meanwhile waits for the one creation; one that failed is tried again by the next. */
  #create(kind: Kind, name: string): Opened {
    const ready = this.#database.collection(name).createIndexes(INDEXES[kind] as DriverIndex[]);
    const opened = { kind, ready };
    this.#opened.set(name, opened);
    ready.catch(() => this.#opened.delete(name));
    return opened;
  }
}
