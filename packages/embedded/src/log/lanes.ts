import type { StatementSync } from 'node:sqlite';
import { StreamError } from '@bellwether/stream';
import type { Database } from '../database.ts';
import { tableName } from '../names.ts';
import { Compaction } from './compaction.ts';

interface LanePlace {
  readonly topic: string;
  readonly partition: number;
  readonly isCompacted: boolean;
}

/**
 * One partition of one topic: a table of its own, so that appending always goes to the end of a tree. The last record
 * is always there, compacted or not, so that the end is known from it.
 */
export class Lane {
  readonly topic: string;
  readonly partition: number;
  /** (offset, key, timestamp ms, value) */
  readonly insert: StatementSync;
  /** (from offset, limit) -> offset, key, timestamp ms, value */
  readonly select: StatementSync;
  /** The offset after the last committed record. */
  endOffset: number;
  /** What keeps the lane small; undefined where every record is kept. */
  readonly compaction: Compaction | undefined;
  /** Those who wait for the next record. */
  readonly waiting = new Set<() => void>();
  closed = false;

  constructor(database: Database, { topic, partition, isCompacted }: LanePlace) {
    const table = tableName('log', topic, partition);
    database.execute(
      `CREATE TABLE IF NOT EXISTS ${table}
       ("offset" INTEGER PRIMARY KEY, key TEXT NOT NULL, timestamp INTEGER NOT NULL, value TEXT NOT NULL)`,
    );
    this.topic = topic;
    this.partition = partition;
    this.insert = database.prepare(`INSERT INTO ${table} VALUES (?, ?, ?, ?)`);
    this.select = database.prepare(
      `SELECT "offset", key, timestamp, value FROM ${table} WHERE "offset" >= ? ORDER BY "offset" LIMIT ?`,
    );
    this.endOffset = Number(
      database.prepare(`SELECT coalesce(max("offset") + 1, 0) FROM ${table}`).all().flat()[0],
    );
    this.compaction = isCompacted ? new Compaction(database, table) : undefined;
  }

  wake(): void {
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const resume of woken) resume();
  }
}

/** The topics of an installation. */
export interface TopicLayout {
  /** Partitions of each topic. */
  readonly topics: ReadonlyMap<string, number>;
  /** Topics that keep the newest record of each key only. */
  readonly compacted: readonly string[];
}

/** All lanes of the installation, by topic and partition. */
export class Lanes {
  readonly #byTopic = new Map<string, readonly Lane[]>();

  constructor(database: Database, { topics, compacted }: TopicLayout) {
    for (const [topic, count] of topics) {
      const isCompacted = compacted.includes(topic);
      this.#byTopic.set(
        topic,
        Array.from(
          { length: count },
          (_, partition) => new Lane(database, { topic, partition, isCompacted }),
        ),
      );
    }
  }

  /** @throws StreamError `refused` when there is no such topic */
  ofTopic(topic: string): readonly Lane[] {
    const lanes = this.#byTopic.get(topic);
    if (lanes === undefined) throw new StreamError('refused', `There is no topic ${topic}.`);
    return lanes;
  }

  /** @throws StreamError `refused` when there is no such topic or partition */
  at(topic: string, partition: number): Lane {
    const lane = this.ofTopic(topic)[partition];
    if (lane === undefined)
      throw new StreamError('refused', `The topic ${topic} has no partition ${partition}.`);
    return lane;
  }

  /** Lets go of all who wait. */
  close(): void {
    for (const lane of [...this.#byTopic.values()].flat()) {
      lane.closed = true;
      lane.wake();
    }
  }
}
