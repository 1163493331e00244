import { setTimeout as sleep } from 'node:timers/promises';
import type { InputRecord, Log } from '@bellwether/stream';
import { testServers } from '@bellwether/testkit/servers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kafkajsClient, openTestKafka, readAll, recordFor, type TestKafka } from '../test-support.ts';

const FOREVER_MS = 600_000;

describe.skipIf(testServers.missing !== undefined)('reading from Kafka', () => {
  let kafka: TestKafka;
  let log: Log;
  beforeEach(async () => {
    kafka = await openTestKafka();
    log = kafka.log;
  });
  afterEach(() => kafka.close());

  /** A producer of kafkajs that writes transactions, one at a time. */
  async function foreignProducer(transactionalId: string) {
    const producer = (await kafkajsClient()).producer({
      transactionalId: `${kafka.prefix}.${transactionalId}`,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    return producer;
  }

  it('leaves out what overlapping transactions wrote that were aborted, as does a consumer of kafkajs', async () => {
    const topic = `${kafka.prefix}.one`;
    const [one, two] = [await foreignProducer('one'), await foreignProducer('two')];
    const write = (transaction: Awaited<ReturnType<typeof one.transaction>>, value: string, key = 'k') =>
      transaction.send({ topic, messages: [{ key, partition: 0, value: JSON.stringify(value) }] });
    for (let round = 0; round < 5; round += 1) {
      const first = await one.transaction();
      const second = await two.transaction();
      await write(first, 'aborted');
      await write(second, 'aborted');
      await write(first, 'aborted', '\0\0\0\0');
      await write(first, 'aborted');
      await second.abort();
      await write(first, 'aborted');
      await first.abort();
      const third = await two.transaction();
      await write(third, `committed ${round}`);
      await third.commit();
    }
    await Promise.all([one.disconnect(), two.disconnect()]);
    const expected = Array.from({ length: 5 }, (_, round) => `committed ${round}`);
    expect(await readAll(log, 'one')).toEqual(expected);
    // From every offset on, also from inside of aborted transactions.
    const end = await log.endOffset('one', 0);
    for (let offset = 0; offset < end; offset += 1) {
      const found = await log.read({ topic: 'one', partition: 0, offset }, { limit: 100, waitMs: 0 });
      expect(found.every(({ value }) => expected.includes(String(value)))).toBe(true);
    }
    expect(await readWithKafkajs(kafka.prefix, expected.length)).toEqual(expected);
  });

  it('gives a record as soon as it is committed, while other partitions are quiet', async () => {
    const partitions = Array.from({ length: 12 }, (_, partition) => partition);
    const offsets = partitions.map(() => 0);
    const seenAtMs = new Map<unknown, number>();
    const stop = new AbortController();
    const readers = partitions.map(async (partition) => {
      while (!stop.signal.aborted) {
        const from = { topic: 'many', partition, offset: offsets[partition] ?? 0 };
        const records = await log.read(from, { limit: 100, waitMs: 1_000, signal: stop.signal });
        for (const { value, offset } of records) {
          seenAtMs.set(value, performance.now());
          offsets[partition] = offset + 1;
        }
      }
    });
    await sleep(700);
    const delays: number[] = [];
    for (let n = 0; n < 60; n += 1) {
      await log.append([recordFor('many', n % 5)(n)]);
      const appendedAtMs = performance.now();
      await expect.poll(() => seenAtMs.has(n), { interval: 1, timeout: 2_000 }).toBe(true);
      delays.push((seenAtMs.get(n) ?? 0) - appendedAtMs);
      await sleep(17);
    }
    stop.abort();
    await Promise.all(readers);
    delays.sort((one, other) => one - other);
    const [p50, p95] = [delays[29] ?? 0, delays[56] ?? 0];
    process.stdout.write(
      `from acknowledgement to reader: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms\n`,
    );
    expect(p95).toBeLessThan(100);
  });

  it('is not held up by the waiting of another reader: one far behind goes on', async () => {
    await log.append(
      Array.from({ length: 3_000 }, (_, n) => recordFor('many', 1)(`${n} ${'x'.repeat(500)}`)),
    );
    const stop = new AbortController();
    const waiting = log.read(
      { topic: 'many', partition: 0, offset: 0 },
      { limit: 1, waitMs: FOREVER_MS, signal: stop.signal },
    );
    await sleep(100);
    const startedMs = performance.now();
    const values = await readAll(log, 'many', 1);
    expect(values.map((value) => Number.parseInt(String(value), 10))).toEqual(
      Array.from({ length: 3_000 }, (_, n) => n),
    );
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    stop.abort();
    expect(await waiting).toEqual([]);
  });

  it('serves many readers of one partition at places of their own', async () => {
    await log.append(Array.from({ length: 200 }, (_, n) => recordFor('one', 0)(n)));
    const readFrom = async (start: number): Promise<unknown[]> => {
      const found: InputRecord[] = [];
      for (let offset = start; offset < 200; offset = (found.at(-1)?.offset ?? offset) + 1) {
        found.push(...(await log.read({ topic: 'one', partition: 0, offset }, { limit: 7, waitMs: 5_000 })));
      }
      return found.map(({ value }) => value);
    };
    const starts = Array.from({ length: 25 }, (_, n) => n * 8);
    const found = await Promise.all(starts.map(readFrom));
    starts.forEach((start, index) => {
      expect(found[index]).toEqual(Array.from({ length: 200 - start }, (_, n) => start + n));
    });
  });

  it('comes to the end also where transactions left nothing but markers', async () => {
    const session = log.openSession({ group: 'group', topic: 'many', partition: 0 });
    await session.takeOver();
    await session.publish([recordFor('one', 0)('a')], 1);
    const aborting = await foreignProducer('aborting');
    const transaction = await aborting.transaction();
    await transaction.send({ topic: `${kafka.prefix}.one`, messages: [{ partition: 0, value: '1' }] });
    await transaction.abort();
    await aborting.disconnect();
    const [record] = await log.read({ topic: 'one', partition: 0, offset: 0 }, { limit: 10, waitMs: 5_000 });
    const next = (record?.offset ?? 0) + 1;
    const startedMs = performance.now();
    expect(await log.read({ topic: 'one', partition: 0, offset: next }, { limit: 10, waitMs: 0 })).toEqual(
      [],
    );
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    // Nothing is left to be read, and the end says so.
    expect(await log.endOffset('one', 0)).toBe(next);
  });

  it('of records that are no longer there, or not yet, says so in one sentence', async () => {
    await log.append(Array.from({ length: 10 }, (_, n) => recordFor('one', 0)(n)));
    await deleteBefore(`${kafka.prefix}.one`, 5);
    expect(await log.startOffset('one', 0)).toBe(5);
    for (const offset of [0, 4, 11]) {
      const reading = log.read({ topic: 'one', partition: 0, offset }, { limit: 10, waitMs: 5_000 });
      await expect(reading).rejects.toMatchObject({ code: 'log-mismatch', retriable: false });
    }
    expect(await readAll(log, 'one')).toEqual([5, 6, 7, 8, 9]);
  });

  it('costs little while nothing comes (processor time is printed)', async () => {
    const stop = new AbortController();
    const readers = Array.from({ length: 12 }, async (_, partition) => {
      while (!stop.signal.aborted) {
        await log.read(
          { topic: 'many', partition, offset: 0 },
          { limit: 10, waitMs: 1_000, signal: stop.signal },
        );
      }
    });
    await sleep(1_000);
    const before = process.cpuUsage();
    const startedMs = performance.now();
    await sleep(4_000);
    const { user, system } = process.cpuUsage(before);
    const share = (user + system) / 1_000 / (performance.now() - startedMs);
    process.stdout.write(`12 idle partitions: ${(share * 100).toFixed(2)} % of one core\n`);
    stop.abort();
    await Promise.all(readers);
    expect(share).toBeLessThan(0.1);
  });
});

/** Deletes the records of partition 0 before an offset, as retention does. */
async function deleteBefore(topic: string, offset: number): Promise<void> {
  const admin = (await kafkajsClient()).admin();
  await admin.connect();
  // kafkajs only knows topics here that it was asked for before.
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
  await admin.disconnect();
}

async function readWithKafkajs(prefix: string, count: number): Promise<unknown[]> {
  const consumer = (await kafkajsClient()).consumer({ groupId: `${prefix}.verifier`, maxWaitTimeInMs: 100 });
  const values: unknown[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic: `${prefix}.one`, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      values.push(JSON.parse(String(message.value)));
    },
  });
  await expect.poll(() => values.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
  await consumer.disconnect();
  return values;
}
