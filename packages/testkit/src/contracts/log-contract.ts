import { partitionOf } from '@bellwether/events';
import { MAX_VALUE_BYTES, type OutputRecord } from '@bellwether/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JSON_SAMPLES } from './json-samples.ts';
import { type Durability, type LogUnderTest, type OpenLog, readCount, readValues } from './log-harness.ts';
import { describeReading } from './log-reading-contract.ts';
import { describeSessions } from './log-session-contract.ts';

/**
 * What every log promises to the loop and the edges. Nothing here relies on consecutive offsets or on a record being
 * visible the moment it is acknowledged.
 */
export function logContract(name: string, open: OpenLog, { durable }: Durability): void {
  describe(`log: ${name}`, () => {
    describeAppending(open);
    describeValues(open);
    describeReading(open);
    describeSessions(open);
    if (durable) describeReopening(open);
  });
}

function describeAppending(open: OpenLog): void {
  describe('appending', () => {
    let under: LogUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    it('keeps the order of a partition over many calls and says where each record is', async () => {
      const { log, topics } = under;
      const records = Array.from({ length: 500 }, (_, n) => ({
        topic: topics.keyed,
        key: `key-${n % 20}`,
        value: n,
      }));
      for (let start = 0; start < 500; start += 50) await log.append(records.slice(start, start + 50));
      const count = log.partitions(topics.keyed);
      expect(count).toBeGreaterThan(1);
      for (let partition = 0; partition < count; partition += 1) {
        const expected = records.filter((record) => partitionOf(record.key, count) === partition);
        const found = await readCount(log, { topic: topics.keyed, partition }, expected.length);
        expect(found.map(({ key, value }) => ({ topic: topics.keyed, key, value }))).toEqual(expected);
        expect(found.every((record) => record.topic === topics.keyed && record.partition === partition)).toBe(
          true,
        );
        expect(found.every((record, n) => n === 0 || record.offset > (found[n - 1]?.offset ?? -1))).toBe(
          true,
        );
      }
    });

    it('keeps the order of calls that were not awaited', async () => {
      const { log, topics } = under;
      await Promise.all(
        Array.from({ length: 100 }, (_, n) => log.append([{ topic: topics.single, key: 'k', value: n }])),
      );
      const values = await readValues(log, { topic: topics.single, partition: 0 }, 100);
      expect(values).toEqual(Array.from({ length: 100 }, (_, n) => n));
    });

    it('puts a key where Kafka does, unless a partition is given', async () => {
      const { log, topics } = under;
      const keys = ['usaspending|006928857', 'a', '', 'simulated|@portfolio', 'cdnow|1'];
      const partitions = log.partitions(topics.keyed);
      await log.append(keys.map((key) => ({ topic: topics.keyed, key, value: key })));
      await log.append(
        Array.from({ length: partitions }, (_, partition) => ({
          topic: topics.other,
          key: 'a',
          partition,
          value: partition,
        })),
      );
      for (let partition = 0; partition < partitions; partition += 1) {
        const expected = keys.filter((key) => partitionOf(key, partitions) === partition);
        expect(await readValues(log, { topic: topics.keyed, partition }, expected.length)).toEqual(expected);
        expect(await readValues(log, { topic: topics.other, partition }, 1)).toEqual([partition]);
      }
    });

    it('stamps records with the time of appending', async () => {
      const { log, topics } = under;
      const before = Date.now();
      await log.append([{ topic: topics.single, key: 'k', value: 1 }]);
      const [record] = await readCount(log, { topic: topics.single, partition: 0 }, 1);
      // A minute for the clocks of two machines.
      expect(Math.abs((record?.timestampMs ?? 0) - before)).toBeLessThan(60_000);
    });
  });
}

function describeValues(open: OpenLog): void {
  describe('values', () => {
    let under: LogUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    /** Nothing of the refused call may be there: a later record is the first that is read. */
    async function expectRefused(records: readonly OutputRecord[]): Promise<void> {
      const { log, topics } = under;
      const good = { topic: topics.single, key: 'good', value: 'of the refused call' };
      await expect(log.append([good, ...records, good])).rejects.toMatchObject({
        code: 'refused',
        retriable: false,
      });
      await log.append([{ topic: topics.single, key: 'k', value: 'after' }]);
      expect(await readValues(log, { topic: topics.single, partition: 0 }, 1)).toEqual(['after']);
    }

    it('come back byte for byte, as do keys', async () => {
      const { log, topics } = under;
      const key = 'simulated|Zoë-東京:🧾';
      await log.append(JSON_SAMPLES.map((value) => ({ topic: topics.single, key, value })));
      const found = await readCount(log, { topic: topics.single, partition: 0 }, JSON_SAMPLES.length);
      expect(found.map((record) => JSON.stringify(record.value))).toEqual(
        JSON_SAMPLES.map((v) => JSON.stringify(v)),
      );
      expect(found.every((record) => record.key === key)).toBe(true);
    });

    it('may be as large as the port says, counted in bytes', async () => {
      const { log, topics } = under;
      // Two quotation marks and characters of two bytes each.
      const value = 'é'.repeat(MAX_VALUE_BYTES / 2 - 1);
      await log.append([{ topic: topics.single, key: 'k', value }]);
      expect(await readValues(log, { topic: topics.single, partition: 0 }, 1)).toEqual([value]);
    });

    it('that are larger are refused, and all of the call with them', () =>
      expectRefused([
        { topic: under.topics.single, key: 'k', value: `a${'é'.repeat(MAX_VALUE_BYTES / 2 - 1)}` },
      ]));

    it('that are not JSON are refused', async () => {
      const ring: unknown[] = [];
      ring.push(ring);
      for (const value of [undefined, 1n, () => 1, ring]) {
        await expect(
          under.log.append([{ topic: under.topics.single, key: 'k', value }]),
        ).rejects.toMatchObject({ code: 'refused' });
      }
      await expectRefused([{ topic: under.topics.single, key: 'k', value: undefined }]);
    });

    it('for a partition that does not exist are refused', () =>
      expectRefused([{ topic: under.topics.single, key: 'k', partition: 1, value: 1 }]));

    it('for a topic that does not exist are refused', () =>
      expectRefused([{ topic: `${under.topics.single}-missing`, key: 'k', value: 1 }]));
  });
}

function describeReopening(open: OpenLog): void {
  it('has every acknowledged record, offset and fence after closing and opening again', async () => {
    const under = await open();
    const owner = { group: under.group, topic: under.topics.keyed, partition: 0 };
    const single = { topic: under.topics.single, partition: 0 };
    const record = (value: unknown) => ({ topic: under.topics.single, key: 'k', value });
    const before = under.log.openSession(owner);
    await before.takeOver();
    await under.log.append(Array.from({ length: 50 }, (_, n) => record(n)));
    await before.publish([record('published')], 6);
    const log = await under.reopen();
    const expected = [...Array.from({ length: 50 }, (_, n) => n), 'published'];
    expect(await readValues(log, single, 51)).toEqual(expected);
    const after = log.openSession(owner);
    expect(await after.takeOver()).toBe(6);
    await after.publish([record('published after')], 7);
    await log.append([record('appended after')]);
    expect(await readValues(log, single, 53)).toEqual([...expected, 'published after', 'appended after']);
    await under.close();
  });
}
