/** Loads the present picture of every customer and follows their changes from there, whenever it is started. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { Kafka, logLevel } from 'kafkajs';
import { takeChange, takeCurrent } from './picture.mjs';

const { values: options } = parseArgs({
  options: {
    brokers: { type: 'string', default: '127.0.0.1:29092' },
    registry: { type: 'string', default: 'http://127.0.0.1:28081/apis/ccompat/v7' },
    prefix: { type: 'string', default: 'bellwether' },
  },
});
const [CURRENT, CHANGES] = [`${options.prefix}.customer-current`, `${options.prefix}.customer-changes`];
const kafka = new Kafka({ brokers: options.brokers.split(','), logLevel: logLevel.ERROR });
const registry = new SchemaRegistry({ host: options.registry });
const consumer = kafka.consumer({ groupId: `example-consumer-${randomUUID()}` });
const pictures = new Map();

// 1. Note where customer-changes ends, before anything is read.
const admin = kafka.admin();
await admin.connect();
const start = await admin.fetchTopicOffsets(CHANGES);
const loading = new Map();
for (const { partition, low, high } of await admin.fetchTopicOffsets(CURRENT))
  if (low !== high) loading.set(partition, undefined);
await admin.disconnect();

// 2. Load customer-current, up to where each of its partitions ends now; customer-changes waits at its noted end.
const turn = () => {
  console.log(`${pictures.size} customers loaded.`);
  consumer.pause([{ topic: CURRENT }]);
  consumer.resume([{ topic: CHANGES }]);
};
consumer.on(consumer.events.GROUP_JOIN, () => {
  for (const { partition, offset } of start) consumer.seek({ topic: CHANGES, partition, offset });
  if (loading.size > 0) consumer.pause([{ topic: CHANGES }]);
  else turn();
});
consumer.on(
  consumer.events.END_BATCH_PROCESS,
  ({ payload: { topic, partition, lastOffset, highWatermark } }) => {
    if (topic !== CURRENT || !loading.has(partition)) return;
    const end = loading.get(partition) ?? BigInt(highWatermark);
    loading.set(partition, end);
    if (BigInt(lastOffset) + 1n >= end) loading.delete(partition);
    if (loading.size === 0) turn();
  },
);

// 3. Follow customer-changes: what is known already is dropped, and a gap ends this reader.
consumer.on(consumer.events.CRASH, ({ payload: { error } }) => {
  console.error(error.message);
  process.exit(1);
});
await consumer.connect();
await consumer.subscribe({ topics: [CURRENT, CHANGES], fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachMessage: async ({ topic, message }) => {
    const key = String(message.key);
    const record = message.value && (await registry.decode(message.value));
    if (topic === CURRENT) return takeCurrent(pictures, key, record);
    const change = takeChange(pictures, key, record);
    for (const { type, score } of change?.changes ?? []) {
      const value = score ? `: ${score.value ?? score.band} (${score.delta ?? 'new'})` : '';
      console.log(`${key} ${change.sequence} ${change.cause} ${type}${value}`);
    }
  },
});
