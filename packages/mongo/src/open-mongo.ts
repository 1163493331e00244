import { DocumentCache, type KeyedStore, type ReadModels, StreamError } from '@bellwether/stream';
import { type Db, MongoClient, type MongoClientOptions, ReadConcern } from 'mongodb';
import { Collections } from './collections.ts';
import './driver-patches.ts';
import { JOURNALED } from './journaled.ts';
import { type Attempt, attempts } from './mongo-errors.ts';
import { MongoReadModels } from './read-models/mongo-read-models.ts';
import { MongoStore } from './store/mongo-store.ts';
import { OwnedDocuments } from './store/owned-documents.ts';
import { TransactionalWriter } from './store/transactional-writer.ts';

const DEFAULT_CACHE_BYTES = 268_435_456;
/** How long a server may be away or silent before a call ends as `unavailable`. */
const REACH_MS = 10_000;
const ANSWER_MS = 30_000;

/** What `openMongo` needs to know. */
export interface MongoOptions {
  /** Connection string (`mongodb://` or `mongodb+srv://`). */
  readonly uri: string;
  /** Name of the database; its collections come into being when they are used. */
  readonly database: string;
  /** How much of the documents (their BSON) is kept in memory; 256 MiB by default. */
  readonly cacheBytes?: number;
}

/** An open database. After `close` every call answers `unavailable`. */
export interface Mongo {
  readonly store: KeyedStore;
  readonly readModels: ReadModels;
  /** @throws StreamError `unavailable` when the server does not answer */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens store and read models over one database of a MongoDB server (4.4 or newer, standalone, replica set or sharded).
 * Every write is journaled by a majority before it counts. What is saved together is written in one transaction where
 * the server is a replica set; nothing relies on that (ADR 11).
 * @throws StreamError `refused` when URI or name of the database are none, `unavailable` when the server cannot be used
 */
export async function openMongo(options: MongoOptions): Promise<Mongo> {
  const client = newClient(options.uri);
  const attempt = attempts(hostsOf(client));
  try {
    return await attempt(() => assemble(client, attempt, options));
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function assemble(client: MongoClient, attempt: Attempt, options: MongoOptions): Promise<Mongo> {
  const name = checkedName(options.database);
  const plain = client.db(name, { writeConcern: JOURNALED, readPreference: 'primary' });
  const { setName, msg } = await plain.command({ hello: 1 });
  const isReplicaSet = setName !== undefined;
  const database = isReplicaSet || msg === 'isdbgrid' ? lasting(client, name) : plain;
  return mongoOver(client, { database, attempt, cacheBytes: options.cacheBytes, isReplicaSet });
}

/** A database and how it is used. */
export interface OpenedDatabase {
  readonly database: Db;
  readonly attempt: Attempt;
  readonly cacheBytes: number | undefined;
  /** Then what is saved together is written in one transaction. */
  readonly isReplicaSet: boolean;
}

/** Store and read models over a database that was opened. */
export function mongoOver(client: MongoClient, opened: OpenedDatabase): Mongo {
  const { database, attempt, cacheBytes = DEFAULT_CACHE_BYTES, isReplicaSet } = opened;
  const collections = new Collections(database);
  const owned = new OwnedDocuments(new DocumentCache(cacheBytes));
  const transactional = isReplicaSet ? new TransactionalWriter(client) : undefined;
  return {
    store: new MongoStore({ collections, owned, attempt, transactional }),
    readModels: new MongoReadModels({ collections, attempt }),
    ping: async () => {
      await attempt(() => database.command({ ping: 1 }));
    },
    close: () => client.close(),
  };
}

/**
 * Reads see what a majority has: what a server that is about to be replaced knows alone may be lost again. A server
 * that stands alone is its own majority, and some do not understand the question.
 */
function lasting(client: MongoClient, name: string): Db {
  const readConcern = new ReadConcern('majority');
  return client.db(name, { writeConcern: JOURNALED, readPreference: 'primary', readConcern });
}

/** The rules of every platform (https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions). */
function checkedName(name: string): string {
  if (/^[^/\\. "$*<>:|?\0]{1,63}$/u.test(name)) return name;
  throw new StreamError('refused', `"${name}" is no name for a database: use letters, digits, _ and -.`);
}

/** `retryWrites` off: a write is sent once, and whoever hears nothing of it reads again. */
function newClient(uri: string): MongoClient {
  try {
    return new MongoClient(uri, { ...limitsOf(uri), appName: 'bellwether', retryWrites: false });
  } catch {
    // The driver's message may repeat the URI, and with it a password.
    throw new StreamError(
      'refused',
      'The URI of MongoDB cannot be read: write mongodb://host:port or as its manual says.',
    );
  }
}

/** How long to wait, as far as the URI does not say it. */
function limitsOf(uri: string): MongoClientOptions {
  const named = new Set(new URLSearchParams(uri.replace(/^[^?]*/, '').toLowerCase()).keys());
  const limits = {
    connectTimeoutMS: REACH_MS,
    serverSelectionTimeoutMS: REACH_MS,
    waitQueueTimeoutMS: REACH_MS,
    socketTimeoutMS: ANSWER_MS,
  };
  return Object.fromEntries(Object.entries(limits).filter(([name]) => !named.has(name.toLowerCase())));
}

/** The hosts as the URI names them; of a URI the one part that may be shown. */
function hostsOf(client: MongoClient): string {
  const { srvHost, hosts } = client.options;
  return srvHost ?? hosts.join(', ');
}
