import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@bellwether/stream';
import type { Admin } from 'kafkajs';
import { type KafkaProxy, startKafkaProxy } from '../../../packages/kafka/src/kafka-proxy.fixture.ts';
import type { KafkaOptions } from '../../../packages/kafka/src/options.ts';
import {
  brokers,
  kafkajsClient,
  openTestKafka,
  type TestKafka,
} from '../../../packages/kafka/src/test-support.ts';

/** Topics of a scenario, and a proxy before the broker. */
export interface Place {
  readonly kafka: TestKafka;
  readonly proxy: KafkaProxy;
  /** The same log for another process, through the proxy. */
  readonly slow: Log;
}

/** Plays on topics of its own, which are deleted afterwards. */
export async function withKafka(
  play: (place: Place) => Promise<void>,
  options: Partial<KafkaOptions> = {},
): Promise<void> {
  const kafka = await openTestKafka(options);
  const proxy = await startKafkaProxy(brokers()[0] ?? '');
  try {
    const { log: slow } = await kafka.another({ brokers: [proxy.address] });
    await play({ kafka, proxy, slow });
  } finally {
    await proxy.close();
    await kafka.close();
  }
}

/** Requests of a kind stand still before the proxy until they are let through. */
export function hold(proxy: KafkaProxy, held: number) {
  const reached = Promise.withResolvers<void>();
  const open = Promise.withResolvers<'pass'>();
  proxy.gate = (apiKey, direction) => {
    if (apiKey !== held || direction !== 'request') return undefined;
    reached.resolve();
    return open.promise;
  };
  return { reached: reached.promise, letThrough: () => open.resolve('pass') };
}

/** The broker takes no larger batches of records for the topic when this has ended. */
export async function limitMessages(topic: string, bytes: number): Promise<void> {
  const configEntries = [{ name: 'max.message.bytes', value: String(bytes) }];
  // A topic, as Kafka numbers what can be set.
  const resources = [{ type: 2, name: topic, configEntries }];
  await withAdmin((admin) => admin.alterConfigs({ validateOnly: false, resources }));
  const producer = (await kafkajsClient()).producer();
  await producer.connect();
  const messages = [{ partition: 0, value: 'x'.repeat(bytes) }];
  const isTooLarge = (error: unknown): true => {
    if (/larger than the max message size/.test(String(error))) return true;
    throw error;
  };
  // What was set takes a moment to be in force.
  while ((await producer.send({ topic, messages }).catch(isTooLarge)) !== true) await sleep(20);
  await producer.disconnect();
}

/** As an operator does who does not know better. */
export async function deleteTopic(topic: string): Promise<void> {
  await withAdmin(async (admin) => {
    await admin.deleteTopics({ topics: [topic] });
    while ((await admin.listTopics()).includes(topic)) await sleep(20);
  });
}

/** Deletes the records of partition 0 before an offset, as retention does. */
export async function deleteBefore(topic: string, offset: number): Promise<void> {
  await withAdmin(async (admin) => {
    // kafkajs only knows topics here that it was asked for before.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
  });
}

/** Asks the cluster as an operator's tool would. */
export async function withAdmin<Result>(ask: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = (await kafkajsClient()).admin();
  await admin.connect();
  try {
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}
