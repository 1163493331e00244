import { createServer } from 'node:net';
import { testServers } from '@bellwether/testkit/servers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API, startKafkaProxy } from './kafka-proxy.fixture.ts';
import { openKafka } from './open-kafka.ts';
import { brokers, kafkajsClient, openTestKafka, readAll, recordFor, type TestKafka } from './test-support.ts';

const RESOURCE_TOPIC = 2;

describe.skipIf(testServers.missing !== undefined)('a log on Kafka', () => {
  let kafka: TestKafka;
  beforeEach(async () => {
    kafka = await openTestKafka();
  });
  afterEach(() => kafka.close());

  it('has the topics that were asked for, made for records that are kept or compacted', async () => {
    const admin = (await kafkajsClient()).admin();
    await admin.connect();
    const names = ['one', 'many', 'compact'].map((name) => `${kafka.prefix}.${name}`);
    const { topics } = await admin.fetchTopicMetadata({ topics: names });
    expect(names.map((name) => topics.find((topic) => topic.name === name)?.partitions.length)).toEqual([
      1, 12, 1,
    ]);
    const described = await admin.describeConfigs({
      includeSynonyms: false,
      resources: names.map((name) => ({ type: RESOURCE_TOPIC, name })),
    });
    await admin.disconnect();
    const configOf = (name: string): Record<string, string> => {
      const found = described.resources.find(
        (resource) => resource.resourceName === `${kafka.prefix}.${name}`,
      );
      return Object.fromEntries(
        (found?.configEntries ?? []).map((entry) => [entry.configName, entry.configValue]),
      );
    };
    expect(configOf('many')).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'max.message.bytes': '2097152',
      'message.timestamp.type': 'LogAppendTime',
    });
    expect(configOf('compact')).toMatchObject({
      'cleanup.policy': 'compact',
      'delete.retention.ms': '5184000000',
    });
  });

  it('is one and the same for all who open it, also at the same moment', async () => {
    const others = await Promise.all([kafka.another(), kafka.another()]);
    for (const { log } of others) {
      expect(log.id).toBe(kafka.log.id);
      expect(log.partitions('many')).toBe(12);
    }
    expect(kafka.log.id).not.toBe('');
    const topics = { fresh: { partitions: 3, cleanup: 'keep' } } as const;
    const [one, two] = await Promise.all([kafka.another({ topics }), kafka.another({ topics })]);
    await one.log.append([recordFor('fresh', 2)('a')]);
    expect(await readAll(two.log, 'fresh', 2)).toEqual(['a']);
  });

  it('is refused when a topic has another number of partitions, with both numbers and a way out', async () => {
    const opening = kafka.another({ topics: { many: { partitions: 24, cleanup: 'keep' } } });
    await expect(opening).rejects.toMatchObject({ code: 'log-mismatch', retriable: false });
    await expect(opening).rejects.toThrow(
      `The topic ${kafka.prefix}.many has 12 partitions, but 24 are configured. Set the configured number to 12`,
    );
  });

  it('keeps the newest value of a key and removes keys whose value is null', async () => {
    const at = (key: string, value: unknown) => ({ topic: 'compact', key, value });
    await kafka.log.append([at('a', 1), at('b', 2), at('a', null)]);
    expect(await readAll(kafka.log, 'compact')).toEqual([1, 2, null]);
  });

  it('answers a ping, and nothing more once it is closed', async () => {
    const { log, ping, close } = await kafka.another();
    await ping();
    const waiting = log.read({ topic: 'one', partition: 0, offset: 0 }, { limit: 1, waitMs: 60_000 });
    waiting.catch(() => undefined);
    const session = log.openSession({ group: 'g', topic: 'one', partition: 0 });
    await session.takeOver();
    await close();
    const late = recordFor('one', 0)('late');
    const calls = [
      () => waiting,
      ping,
      () => log.read({ topic: 'one', partition: 0, offset: 0 }, { limit: 1, waitMs: 100 }),
      () => log.append([late]),
      () => log.endOffset('one', 0),
      () => session.publish([late], 1),
    ];
    for (const call of calls)
      await expect(call()).rejects.toMatchObject({ code: 'unavailable', retriable: true });
    expect(await readAll(kafka.log, 'one')).toEqual([]);
  });

  it('that is nowhere says so in one sentence that names the brokers and no password', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => nobody.once('listening', resolve));
    const address = `127.0.0.1:${(nobody.address() as { port: number }).port}`;
    await new Promise((resolve) => nobody.close(resolve));
    const lines: string[] = [];
    const opening = openKafka({
      brokers: [address],
      clientId: 'test',
      prefix: 'p',
      topics: {},
      codec: { encode: async () => [], decode: async () => [] },
      delivery: 'transactional',
      sasl: { mechanism: 'plain', username: 'user', password: 'secret-word' },
      onLog: ({ message }) => lines.push(message),
    });
    const error: unknown = await opening.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(String(error)).toContain(`Kafka at ${address} does not answer`);
    expect(String(error).split('\n')).toHaveLength(1);
    expect(`${String(error)}${lines.join()}`).not.toContain('secret-word');
    expect(lines.length).toBeGreaterThan(0);
  });

  it('appends once what was sent again because a connection was lost before the answer', async () => {
    const proxy = await startKafkaProxy(brokers()[0] ?? '');
    const { log } = await kafka.another({ brokers: [proxy.address] });
    let cuts = 0;
    proxy.gate = (apiKey, direction) => {
      if (apiKey !== API.produce || direction !== 'answer' || Math.random() < 0.5) return undefined;
      cuts += 1;
      return Promise.resolve('cut');
    };
    for (let n = 0; n < 40; n += 1) await log.append([recordFor('one', 0)(n)]);
    expect(cuts).toBeGreaterThan(5);
    expect(await readAll(kafka.log, 'one')).toEqual(Array.from({ length: 40 }, (_, n) => n));
    await proxy.close();
  });

  it('sends a few requests a second while nothing happens (their number is printed)', async () => {
    const proxy = await startKafkaProxy(brokers()[0] ?? '');
    const { log } = await kafka.another({ brokers: [proxy.address] });
    const stop = new AbortController();
    const readers = Array.from({ length: 12 }, async (_, partition) => {
      while (!stop.signal.aborted) {
        await log.read(
          { topic: 'many', partition, offset: 0 },
          { limit: 1, waitMs: 1_000, signal: stop.signal },
        );
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    proxy.counts.clear();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const perSecond = [...proxy.counts.values()].reduce((sum, count) => sum + count, 0) / 3;
    process.stdout.write(`12 idle partitions: ${perSecond.toFixed(1)} requests/s\n`);
    stop.abort();
    await Promise.all(readers);
    await proxy.close();
    expect(perSecond).toBeLessThan(10);
  });
});
