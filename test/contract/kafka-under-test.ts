import { randomUUID } from 'node:crypto';
import { jsonCodec, type Kafka, openKafka } from '@bellwether/kafka';
import type { LogUnderTest } from '@bellwether/testkit';
import { Kafka as Client } from 'kafkajs';

const TOPICS = { single: 'single', keyed: 'keyed', other: 'other' };

/** The Kafka log with transactions, under a prefix of its own; its topics are deleted when it is closed. */
export async function kafkaLog(address: string): Promise<LogUnderTest> {
  const prefix = `contract-${randomUUID()}`;
  const open = (): Promise<Kafka> =>
    openKafka({
      brokers: [address],
      clientId: 'contract',
      prefix,
      topics: {
        single: { partitions: 1, cleanup: 'keep' },
        keyed: { partitions: 3, cleanup: 'keep' },
        other: { partitions: 3, cleanup: 'keep' },
      },
      codec: jsonCodec,
      delivery: 'transactional',
    });
  let kafka = await open();
  return {
    log: kafka.log,
    topics: TOPICS,
    group: 'group',
    reopen: async () => {
      await kafka.close();
      kafka = await open();
      return kafka.log;
    },
    close: async () => {
      await kafka.close();
      const admin = new Client({ brokers: [address], clientId: 'contract', logLevel: 0 }).admin();
      await admin.connect();
      await admin.deleteTopics({ topics: Object.values(TOPICS).map((topic) => `${prefix}.${topic}`) });
      await admin.disconnect();
    },
  };
}
