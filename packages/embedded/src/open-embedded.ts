import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DocumentCache, type KeyedStore, type Log, type ReadModels } from '@bellwether/stream';
import { Database } from './database.ts';
import { EventLoopTurns } from './event-loop-turns.ts';
import { prepareLayout, type TopicPartitions } from './layout.ts';
import { EmbeddedLog } from './log/embedded-log.ts';
import { EmbeddedReadModels } from './read-models/embedded-read-models.ts';
import { asStreamError } from './sqlite-errors.ts';

import { EmbeddedStore } from './store/embedded-store.ts';
import { Tables } from './store/tables.ts';

const DATA_FILE = 'bellwether.sqlite';
const DEFAULT_CACHE_BYTES = 268_435_456;

/** How a collection of documents is kept, besides on disk. */
export interface CollectionOptions {
  /** Keep the states in memory, so that tens of thousands are filtered and sorted in milliseconds. */
  readonly inMemory?: boolean;
}

/** What `openEmbedded` needs to know. */
export interface EmbeddedOptions {
  /** Folder of the data (made when missing), or `:memory:` for data that ends with the process. */
  readonly path: string;
  /** Partitions of every `keyed` topic, 1 or more; fixed when the data folder is created. */
  readonly partitions: number;
  readonly topics: Readonly<Record<string, TopicPartitions>>;
  /** Topics of which at least the newest record of each key is kept: older ones go as newer ones come. */
  readonly compacted?: readonly string[];
  /** Only collections with options need to be named: any other comes into being when it is used. */
  readonly collections?: Readonly<Record<string, CollectionOptions>>;
  /** How much JSON of documents is kept parsed in memory; 256 MiB by default. */
  readonly cacheBytes?: number;
}

/** An open data folder. `close` writes what is still to be appended; after it every call answers `unavailable`. */
export interface Embedded {
  readonly log: Log;
  readonly store: KeyedStore;
  readonly readModels: ReadModels;
  close(): Promise<void>;
}

/**
 * Opens log, store and read models over one SQLite file (docs/adr/0002).
 * @throws StreamError `unavailable` when the file cannot be used (in use, damaged, no permission, disk full),
 * `log-mismatch` when it was made by a later version or with another number of partitions
 */
export function openEmbedded(options: EmbeddedOptions): Embedded {
  const database = new Database(fileOf(options.path));
  try {
    return assemble(database, options);
  } catch (error) {
    database.close();
    throw error;
  }
}

function assemble(database: Database, options: EmbeddedOptions): Embedded {
  const topics = prepareLayout(database, options.partitions, options.topics);
  const turns = new EventLoopTurns();
  const tables = new Tables(database);
  const cache = new DocumentCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES);
  const inMemory = Object.entries(options.collections ?? {})
    .filter(([, collection]) => collection.inMemory)
    .map(([name]) => name);
  const log = new EmbeddedLog({ database, topics, turns, compacted: options.compacted ?? [] });
  const readModels = new EmbeddedReadModels({ database, tables, cache, inMemory });
  const store = new EmbeddedStore({
    database,
    tables,
    cache,
    turns,
    onSaved: (collection, documents) => readModels.onSaved(collection, documents),
  });
  return {
    log,
    store,
    readModels,
    close: async () => {
      log.close();
      database.close();
    },
  };
}

function fileOf(path: string): string {
  if (path === ':memory:') return path;
  const file = join(path, DATA_FILE);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asStreamError(error, file);
  }
  return file;
}
