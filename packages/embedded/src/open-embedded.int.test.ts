import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedOptions, openEmbedded } from './open-embedded.ts';
import { readTopic } from './read-topic.ts';

describe('opening a data folder', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'bellwether-open-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));
  const open = (options: Partial<EmbeddedOptions> = {}) =>
    openEmbedded({ path, partitions: 2, topics: { events: 'keyed', clock: 'one' }, ...options });

  it('makes the folder, for its owner only, and leaves one file when closed', async () => {
    const folder = join(path, 'a', 'b');
    const embedded = open({ path: folder });
    await embedded.log.append([{ topic: 'clock', key: 'k', value: 1 }]);
    await embedded.close();
    expect(readdirSync(folder)).toEqual(['bellwether.sqlite']);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('refuses another number of partitions in a plain sentence, and still opens with the right one', async () => {
    await open().close();
    expect(() => open({ partitions: 6 })).toThrow(
      expect.objectContaining({
        code: 'log-mismatch',
        retriable: false,
        message: expect.stringContaining(
          'The data was created with 2 partition(s) and cannot be opened with 6',
        ),
      }),
    );
    await open().close();
  });

  it('refuses a topic that has changed its kind, and takes new topics', async () => {
    await open().close();
    expect(() => open({ topics: { clock: 'keyed' } })).toThrow(/topic clock was created with 1 partition/);
    const embedded = open({ topics: { events: 'keyed', later: 'one' } });
    expect(embedded.log.partitions('later')).toBe(1);
    await embedded.close();
  });

  it('knows what is newest on a compacted topic that was written before', async () => {
    const tell = async (embedded: ReturnType<typeof open>, from: number) => {
      for (let value = from; value < from + 150; value += 1) {
        await embedded.log.append([{ topic: 'clock', key: `k${value % 2}`, value }]);
      }
    };
    const before = open();
    await before.log.append([{ topic: 'clock', key: 'rare', value: 'told once' }]);
    await tell(before, 0);
    await before.close();
    for (const from of [150, 300]) {
      const compacted = open({ compacted: ['clock'] });
      await tell(compacted, from);
      await compacted.close();
    }
    const again = open();
    const found: unknown[] = [];
    for await (const { value } of readTopic(again.log, 'clock')) found.push(value);
    expect(found[0]).toBe('told once');
    expect(found.slice(-2)).toEqual([448, 449]);
    expect(found.length).toBeLessThan(200);
    await again.close();
  });

  it('refuses data of a later version', async () => {
    await open().close();
    const database = new DatabaseSync(join(path, 'bellwether.sqlite'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => open()).toThrow(expect.objectContaining({ code: 'log-mismatch' }));
  });

  it('says in a plain sentence that the folder is in use', async () => {
    const first = open();
    expect(() => open()).toThrow(
      expect.objectContaining({
        code: 'unavailable',
        message: expect.stringMatching(/in use by another process/),
      }),
    );
    await first.close();
    await open().close();
  });

  it.each([
    [
      'is no database',
      'this is not a database, but it is long enough to look like a file of one'.repeat(200),
    ],
    ['begins as one and is damaged after that', `SQLite format 3\u0000${'?'.repeat(8_000)}`],
  ])('says so when the file %s', (_, content) => {
    writeFileSync(join(path, 'bellwether.sqlite'), content);
    expect(() => open()).toThrow(
      expect.objectContaining({
        code: 'unavailable',
        message: expect.stringMatching(/damaged or is not a data file/),
      }),
    );
  });

  it('says so when the folder is a file', () => {
    const file = join(path, 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'below')]) {
      expect(() => open({ path: folder })).toThrow(
        expect.objectContaining({
          code: 'unavailable',
          message: expect.stringMatching(/cannot be opened for writing/),
        }),
      );
    }
  });

  it('answers every call after closing with one sentence, and lets waiting readers go', async () => {
    const { log, store, readModels, close } = open();
    const waiting = log.read({ topic: 'clock', partition: 0, offset: 0 }, { limit: 1, waitMs: 60_000 });
    const appending = log.append([{ topic: 'events', key: 'k', value: 1 }]);
    await close();
    expect(await waiting).toEqual([]);
    await expect(appending).resolves.toBeUndefined();
    const closed = { code: 'unavailable', message: expect.stringMatching(/is closed\.$/) };
    await expect(log.append([{ topic: 'events', key: 'k', value: 1 }])).rejects.toMatchObject(closed);
    await expect(store.load('customers', ['a'])).rejects.toMatchObject(closed);
    await expect(store.save('customers', [], [])).rejects.toMatchObject(closed);
    await expect(readModels.groups('customers')).rejects.toMatchObject(closed);
    await close();
  });

  it('refuses collections whose names could be anything but a name', async () => {
    const { store, close } = open();
    for (const name of ['', 'A', 'a b', 'a"; DROP TABLE topics; --', '../a']) {
      await expect(store.load(name, ['x'])).rejects.toMatchObject({ code: 'refused' });
    }
    await close();
  });
});

it('reads a whole topic for tools, large values included', async () => {
  const { log, close } = openEmbedded({ path: ':memory:', partitions: 3, topics: { events: 'keyed' } });
  const large = 'x'.repeat(1_000_000);
  const records = Array.from({ length: 40 }, (_, n) => ({
    topic: 'events',
    key: `k${n % 3}`,
    value: { n, large },
  }));
  await log.append(records);
  const found: unknown[] = [];
  for await (const record of readTopic(log, 'events')) found.push((record.value as { n: number }).n);
  expect(found.toSorted()).toEqual(records.map(({ value }) => value.n).toSorted());
  await close();
});
