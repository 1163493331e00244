import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from './database.ts';
import { EventLoopTurns } from './event-loop-turns.ts';
import { prepareLayout } from './layout.ts';
import { EmbeddedLog } from './log/embedded-log.ts';

const FULL = {
  code: 'unavailable',
  retriable: true,
  message: expect.stringMatching(/no space left on the disk/),
};

describe('a full disk', () => {
  let folder: string;
  let database: Database;
  let log: EmbeddedLog;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bellwether-full-'));
    database = new Database(join(folder, 'data.sqlite'));
    const topics = prepareLayout(database, 1, { events: 'one' });
    log = new EmbeddedLog({ database, topics, turns: new EventLoopTurns(), compacted: [] });
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** SQLite gives the same answer when a file may not grow as when the disk has no room for it. */
  const limitPages = (pages: number) => database.execute(`PRAGMA max_page_count = ${pages}`);
  const record = (value: string) => ({ topic: 'events', key: 'k', value });
  const start = { topic: 'events', partition: 0, offset: 0 };

  it('refuses in a plain sentence, keeps what was there and goes on when there is room again', async () => {
    await log.append([record('before')]);
    limitPages(40);
    const waiting = log.read({ ...start, offset: 1 }, { limit: 10, waitMs: 300 });
    await expect(log.append([record('x'.repeat(300_000))])).rejects.toMatchObject(FULL);
    expect(await log.endOffset('events', 0)).toBe(1);
    expect(await waiting).toEqual([]);
    const session = log.openSession({ group: 'g', topic: 'events', partition: 0 });
    expect(await session.takeOver()).toBe(0);
    await expect(session.publish([record('x'.repeat(300_000))], 9)).rejects.toMatchObject(FULL);
    limitPages(100_000);
    expect(await log.openSession({ group: 'g', topic: 'events', partition: 0 }).takeOver()).toBe(0);
    await log.append([record('after')]);
    const records = await log.read(start, { limit: 10, waitMs: 0 });
    expect(records.map(({ offset, value }) => [offset, value])).toEqual([
      [0, 'before'],
      [1, 'after'],
    ]);
  });
});

it('a transaction that fails half-way leaves nothing behind, durable or not, and the next one works', () => {
  const database = new Database(':memory:');
  database.execute('CREATE TABLE numbers (n INTEGER)');
  const insert = database.prepare('INSERT INTO numbers VALUES (?)');
  const failing = () => {
    insert.run(1);
    throw new Error('half-way');
  };
  expect(() => database.transaction(failing)).toThrow('half-way');
  expect(() => database.durableTransaction(failing)).toThrow('half-way');
  database.transaction(() => insert.run(2));
  expect(database.prepare('SELECT n FROM numbers').all()).toEqual([[2]]);
  database.close();
});
