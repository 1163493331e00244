import { randomUUID } from 'node:crypto';
import type { StoredDocument } from '@bellwether/stream';
import { testServers } from '@bellwether/testkit/servers';
import { type Db, MongoClient } from 'mongodb';
import { JOURNALED } from '../journaled.ts';
import { attempts } from '../mongo-errors.ts';
import { type Mongo, type MongoOptions, mongoOver, openMongo } from '../open-mongo.ts';

/** A database of one test on the server that all tests share. */
export interface TestDatabase {
  readonly name: string;
  /** The database as it is, past everything of ours. */
  readonly plain: Db;
  /** Opens it as one process would. */
  open(options?: Partial<MongoOptions>): Promise<Mongo>;
  /** Opens it as one process would whose server is no replica set, whatever the server is. */
  openOneByOne(uri: string): Mongo;
  /** Closes everything that was opened, and drops the database. */
  remove(): Promise<void>;
}

/** Connects to the server. */
export function testDatabase(): TestDatabase {
  const uri = testServers.mongodb().url;
  const name = `test-${randomUUID()}`;
  const client = new MongoClient(uri);
  const opened: Mongo[] = [];
  return {
    name,
    plain: client.db(name),
    open: async (options) => {
      const mongo = await openMongo({ uri, database: name, ...options });
      opened.push(mongo);
      return mongo;
    },
    openOneByOne: (from) => {
      const direct = new MongoClient(from, { retryWrites: false });
      const database = direct.db(name, { writeConcern: JOURNALED });
      const attempt = attempts('the test server');
      const mongo = mongoOver(direct, { database, attempt, cacheBytes: undefined, isReplicaSet: false });
      opened.push(mongo);
      return mongo;
    },
    remove: async () => {
      for (const mongo of opened) await mongo.close();
      await client.db(name).dropDatabase();
      await client.close();
    },
  };
}

/** The first version of a document of partition 0, with what the test wants otherwise. */
export function documentWith(id: string, changes: Partial<StoredDocument> = {}): StoredDocument {
  return {
    id,
    partition: 0,
    writeVersion: 1,
    appliedOffset: 0,
    pending: [],
    index: { group: 'tenant' },
    state: { id },
    ...changes,
  };
}

/** The document that replaces `document`. */
export function nextVersion(document: StoredDocument, changes: Partial<StoredDocument> = {}): StoredDocument {
  return { ...document, ...changes, writeVersion: document.writeVersion + 1 };
}
