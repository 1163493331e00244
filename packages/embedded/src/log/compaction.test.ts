import type { InputRecord, Log } from '@bellwether/stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Embedded, openEmbedded } from '../open-embedded.ts';

describe('a compacted topic', () => {
  let embedded: Embedded;
  let log: Log;
  beforeEach(() => {
    embedded = openEmbedded({
      path: ':memory:',
      partitions: 2,
      topics: { current: 'one', spread: 'keyed', all: 'one', input: 'one' },
      compacted: ['current', 'spread'],
    });
    log = embedded.log;
  });
  afterEach(() => embedded.close());

  const record = (key: string, value: unknown, topic = 'current') => ({ topic, key, value });
  const read = (topic: string, partition = 0) =>
    log.read({ topic, partition, offset: 0 }, { limit: 100_000, waitMs: 0 });
  const newest = (records: readonly InputRecord[]) =>
    new Map(records.map(({ key, value, offset }) => [key, { value, offset }]));
  /** Appends until older records of the keys have gone. */
  const tellOften = async (times: number, topic = 'current') => {
    for (let value = 0; value < times; value += 1)
      await log.append([record(`key-${value % 7}`, value, topic)]);
  };

  it('keeps the newest record of each key at its own offset, and about as many more at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(400), { minLength: 1, maxLength: 60, size: 'max' }), {
          maxLength: 60,
          size: 'max',
        }),
        async (calls) => {
          const before = await log.endOffset('current', 0);
          const told = calls.flat().map((key, n) => ({ ...record(`${key}`, n), offset: before + n }));
          let at = 0;
          for (const call of calls) {
            await log.append(told.slice(at, at + call.length).map(({ key, value }) => record(key, value)));
            at += call.length;
          }
          const records = await read('current');
          expect(await log.endOffset('current', 0)).toBe(before + told.length);
          const found = newest(records);
          for (const [key, { value, offset }] of new Map(told.map((one) => [one.key, one]))) {
            expect(found.get(key)).toEqual({ value, offset });
          }
          expect(records.map(({ offset }) => offset)).toEqual(
            records.map(({ offset }) => offset).toSorted((a, b) => a - b),
          );
          expect(records.length).toBeLessThan(3 * found.size + 300);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('stays as large as its keys are many, however often they are told', async () => {
    await tellOften(2_000);
    expect((await read('current')).length).toBeLessThan(130);
    expect(newest(await read('current')).size).toBe(7);
    expect(await log.endOffset('current', 0)).toBe(2_000);
    expect(await log.startOffset('current', 0)).toBe(0);
  });

  it('is read on from any offset, also from one that is gone', async () => {
    await log.append([record('rare', 'first')]);
    await tellOften(1_000);
    const records = await read('current');
    const [first, second] = records;
    expect([first?.key, first?.offset]).toEqual(['rare', 0]);
    expect(second?.offset).toBeGreaterThan(100);
    const from = (offset: number) =>
      log.read({ topic: 'current', partition: 0, offset }, { limit: 2, waitMs: 0 });
    expect(await from(1)).toEqual(records.slice(1, 3));
    expect(await from(1_000)).toEqual(records.slice(-1));
    expect(await from(1_001)).toEqual([]);
  });

  it('keeps the mark of a key that was taken away', async () => {
    await log.append([record('gone', 1), record('gone', null)]);
    await tellOften(1_000);
    expect(newest(await read('current')).get('gone')).toEqual({ value: null, offset: 1 });
  });

  it('loses nothing to a session that may not publish, and goes on after it', async () => {
    const owner = { group: 'group', topic: 'input', partition: 0 };
    const old = log.openSession(owner);
    await old.takeOver();
    await old.publish([record('a', 1)], 1);
    const session = log.openSession(owner);
    await session.takeOver();
    await expect(old.publish([record('a', 2)], 2)).rejects.toMatchObject({ code: 'fenced' });
    await tellOften(1_000);
    expect(newest(await read('current')).get('a')).toEqual({ value: 1, offset: 0 });
    await session.publish([record('a', 3)], 2);
    expect(newest(await read('current')).get('a')).toEqual({ value: 3, offset: 1_001 });
  });

  it('keeps a key in each of its partitions, and does not touch other topics', async () => {
    const at = (partition: number, value: number) => ({ ...record('a', value, 'spread'), partition });
    await log.append([at(0, 1), at(1, 2)]);
    await tellOften(500, 'all');
    for (let value = 3; value < 500; value += 1) await log.append([at(1, value)]);
    expect(newest(await read('spread', 0)).get('a')?.value).toBe(1);
    expect((await read('spread', 1)).length).toBeLessThan(130);
    expect(await read('all')).toHaveLength(500);
  });
});
