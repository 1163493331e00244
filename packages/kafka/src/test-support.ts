import { randomUUID } from 'node:crypto';
import type { Log } from '@bellwether/stream';
import { testServers } from '@bellwether/testkit/servers';
import { jsonCodec } from './json-codec.ts';
import { type Kafka, openKafka } from './open-kafka.ts';
import type { KafkaOptions } from './options.ts';

/** Topics under a prefix of their own, deleted by `close`. */
export interface TestKafka {
  readonly prefix: string;
  readonly log: Log;
  /** Another process, as far as Kafka can tell. */
  another(options?: Partial<KafkaOptions>): Promise<Kafka>;
  close(): Promise<void>;
}

/** Where the tests find Kafka. */
export function brokers(): readonly string[] {
  return [testServers.kafka().url];
}

/** kafkajs as everybody uses it, with the patches: loaded after them. */
export async function kafkajsClient() {
  const { Kafka: Client } = await import('kafkajs');
  return new Client({ brokers: [...brokers()], clientId: 'test', logLevel: 0 });
}

/** A log with the topics `one` (one partition), `many` (twelve) and `compact`, or those of the options. */
export async function openTestKafka(options: Partial<KafkaOptions> = {}): Promise<TestKafka> {
  const prefix = `test-${randomUUID()}`;
  const opened: Kafka[] = [];
  const another = async (other: Partial<KafkaOptions> = {}): Promise<Kafka> => {
    const kafka = await openKafka({
      brokers: brokers(),
      clientId: 'test',
      prefix,
      topics: {
        one: { partitions: 1, cleanup: 'keep' },
        many: { partitions: 12, cleanup: 'keep' },
        compact: { partitions: 1, cleanup: 'compact' },
      },
      codec: jsonCodec,
      delivery: 'transactional',
      ...options,
      ...other,
    });
    opened.push(kafka);
    return kafka;
  };
  const { log } = await another();
  return {
    prefix,
    log,
    another,
    close: async () => {
      await Promise.all(opened.map((kafka) => kafka.close()));
      await deleteTopics(prefix);
    },
  };
}

/** Deletes the topics of a prefix. */
export async function deleteTopics(prefix: string): Promise<void> {
  const admin = (await kafkajsClient()).admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(`${prefix}.`));
  if (topics.length > 0) await admin.deleteTopics({ topics });
  await admin.disconnect();
}

/** A record of a partition. */
export function recordFor(topic: string, partition: number) {
  return (value: unknown) => ({ topic, key: 'k', partition, value });
}

/** The marks of a commit arrive a moment after its answer. */
const MARKED_WITHIN_MS = 500;

/** Reads from the beginning of a partition until nothing more comes; the values. */
export async function readAll(log: Log, topic: string, partition = 0): Promise<unknown[]> {
  const values: unknown[] = [];
  let offset = await log.startOffset(topic, partition);
  for (;;) {
    const records = await log.read({ topic, partition, offset }, { limit: 500, waitMs: MARKED_WITHIN_MS });
    const last = records.at(-1);
    if (!last) return values;
    for (const { value } of records) values.push(value);
    offset = last.offset + 1;
  }
}
