import { StreamError } from '@bellwether/stream';
import type { Database } from './database.ts';

/** `one`: a single partition whatever the installation has; `keyed`: as many as the installation has. */
export type TopicPartitions = 'one' | 'keyed';

/** Version of the tables; a data file of a later one is refused. */
const LAYOUT_VERSION = 1;

const TABLES = `
CREATE TABLE IF NOT EXISTS installation (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS topics (name TEXT PRIMARY KEY, partitions INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS consumers (
  name TEXT, topic TEXT, partition INTEGER, epoch INTEGER NOT NULL, next_offset INTEGER NOT NULL,
  PRIMARY KEY (name, topic, partition)
) WITHOUT ROWID;`;

/**
 * Creates what is missing and compares what is there with what is asked for.
 * @throws StreamError `log-mismatch` when the data file was made by a later version or with other partition counts
 */
export function prepareLayout(
  database: Database,
  partitions: number,
  topics: Readonly<Record<string, TopicPartitions>>,
): ReadonlyMap<string, number> {
  return database.transaction(() => {
    const version = Number(database.prepare('PRAGMA user_version').all().flat()[0]);
    if (version > LAYOUT_VERSION) {
      throw new StreamError(
        'log-mismatch',
        'The data was written by a later version of bellwether: use that version.',
      );
    }
    database.execute(TABLES);
    database.execute(`PRAGMA user_version = ${LAYOUT_VERSION}`);
    checkInstallation(database, partitions);
    return checkTopics(database, partitions, topics);
  });
}

function checkInstallation(database: Database, partitions: number): void {
  database
    .prepare("INSERT INTO installation VALUES ('partitions', ?) ON CONFLICT DO NOTHING")
    .run(partitions);
  const stored = Number(database.prepare('SELECT value FROM installation').all().flat()[0]);
  if (stored !== partitions) {
    throw new StreamError(
      'log-mismatch',
      `The data was created with ${stored} partition(s) and cannot be opened with ${partitions}: ` +
        'the number is fixed when the data folder is created.',
    );
  }
}

function checkTopics(
  database: Database,
  partitions: number,
  topics: Readonly<Record<string, TopicPartitions>>,
): ReadonlyMap<string, number> {
  const insert = database.prepare('INSERT INTO topics VALUES (?, ?) ON CONFLICT DO NOTHING');
  const select = database.prepare('SELECT partitions FROM topics WHERE name = ?');
  const counts = new Map<string, number>();
  for (const [name, kind] of Object.entries(topics)) {
    const wanted = kind === 'one' ? 1 : partitions;
    insert.run(name, wanted);
    const stored = Number(select.all(name).flat()[0]);
    if (stored !== wanted) {
      throw new StreamError(
        'log-mismatch',
        `The topic ${name} was created with ${stored} partition(s) and cannot be opened with ${wanted}.`,
      );
    }
    counts.set(name, wanted);
  }
  return counts;
}
