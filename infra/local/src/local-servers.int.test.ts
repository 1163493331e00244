import { Kafka, logLevel } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalServers } from './local-servers.ts';
import { answers } from './process/probes.ts';
import type { ServerHandle, ServerKind } from './server.ts';
import { whyNotHere } from './test-support/programs-here.ts';

const reason = await whyNotHere();
if (reason !== undefined) process.stderr.write(`SKIPPED tests of the local server programs: ${reason}\n`);

describe.skipIf(reason !== undefined)('the local server programs', { timeout: 120_000 }, () => {
  let servers: Readonly<Record<ServerKind, ServerHandle>>;

  beforeAll(async () => {
    servers = await startLocalServers(['kafka', 'registry', 'mongodb'], {
      env: process.env,
      tell: () => undefined,
    });
  }, 120_000);
  afterAll(() => Promise.all(Object.values(servers ?? {}).map((server) => server.stop())));

  it('keep records of Kafka through kill -9', async () => {
    const { kafka } = servers;
    const { admin, send, read } = kafkaClient(kafka.url);
    await admin((client) => client.createTopics({ waitForLeaders: true, topics: [{ topic: 'kept' }] }));
    await send('kept', 'before');
    await kafka.kill();
    expect(await answers('kafka', kafka.url)).toBe(false);
    await kafka.restart();
    await send('kept', 'after');
    expect(await read('kept', 2)).toEqual(['before', 'after']);
  });

  it('keep documents that MongoDB acknowledged through kill -9', async () => {
    const { mongodb } = servers;
    await withMongo(mongodb.url, (documents) => documents.insertOne({ name: 'before' }));
    await mongodb.kill();
    await mongodb.restart();
    const names = await withMongo(mongodb.url, (documents) =>
      documents
        .find()
        .map(({ name }) => name)
        .toArray(),
    );
    expect(names).toEqual(['before']);
  });

  it('keep schemas of the registry through kill -9', async () => {
    const { registry } = servers;
    const schema = JSON.stringify({ type: 'record', name: 'Kept', fields: [] });
    const registered = await fetch(`${registry.url}/subjects/kept/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ schema }),
    });
    const { id } = (await registered.json()) as { readonly id: number };
    await registry.kill();
    await registry.restart();
    const found = await fetch(`${registry.url}/schemas/ids/${id}`);
    expect(await found.json()).toMatchObject({ schema });
  });

  it.each(['kafka', 'registry', 'mongodb'] as const)(
    'start again on the same address after an orderly stop: %s',
    async (kind) => {
      const server = servers[kind];
      await server.stop();
      expect(await answers(kind, server.url)).toBe(false);
      await server.restart();
      expect(await answers(kind, server.url)).toBe(true);
    },
  );
});

function kafkaClient(broker: string) {
  const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING, retry: { retries: 10 } });
  return {
    admin: async (act: (client: ReturnType<typeof kafka.admin>) => Promise<unknown>): Promise<void> => {
      const client = kafka.admin();
      await client.connect();
      await act(client);
      await client.disconnect();
    },
    send: async (topic: string, value: string): Promise<void> => {
      const producer = kafka.producer();
      await producer.connect();
      await producer.send({ topic, acks: -1, messages: [{ value, partition: 0 }] });
      await producer.disconnect();
    },
    read: async (topic: string, count: number): Promise<string[]> => {
      const consumer = kafka.consumer({ groupId: 'reader' });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      const values: string[] = [];
      await new Promise<void>((resolve, reject) => {
        const eachMessage = async ({ message }: { message: { value: Buffer | null } }): Promise<void> => {
          values.push(String(message.value));
          if (values.length === count) resolve();
        };
        consumer.run({ eachMessage }).catch(reject);
      });
      await consumer.disconnect();
      return values;
    },
  };
}

async function withMongo<Result>(
  url: string,
  act: (documents: ReturnType<ReturnType<MongoClient['db']>['collection']>) => Promise<Result>,
): Promise<Result> {
  const client = new MongoClient(url, { retryWrites: false, writeConcern: { w: 'majority', journal: true } });
  try {
    return await act(client.db('kept').collection('documents'));
  } finally {
    await client.close();
  }
}
