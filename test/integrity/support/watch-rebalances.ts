import { Kafka, logLevel } from 'kafkajs';

/** Where brokers keep what they know of groups. */
const TOPIC = '__consumer_offsets';
/** Keys of this version name a group; its value is who is in it since the last rebalance. */
const GROUP_METADATA = 2;

/** Counts how often the groups whose names begin with `prefix` gathered anew. */
export interface Rebalances {
  /** Since this was asked last. */
  take(): number;
  close(): Promise<void>;
}

/** Begins to count; resolves when nothing is missed any more. */
export async function watchRebalances(broker: string, prefix: string): Promise<Rebalances> {
  const client = new Kafka({ clientId: 'rebalances', brokers: [broker], logLevel: logLevel.NOTHING });
  const consumer = client.consumer({ groupId: `rebalances-${Date.now()}` });
  let count = 0;
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  await consumer.connect();
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ message: { key, value } }) => {
      if (key === null || value === null || key.readInt16BE(0) !== GROUP_METADATA) return;
      const group = key.subarray(4, 4 + key.readInt16BE(2)).toString();
      if (group.startsWith(prefix)) count += 1;
    },
  });
  await joined;
  return {
    take: () => {
      const taken = count;
      count = 0;
      return taken;
    },
    close: async () => {
      await consumer.disconnect();
    },
  };
}
