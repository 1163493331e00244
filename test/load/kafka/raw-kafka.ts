import { Kafka, logLevel } from 'kafkajs';
import { cpuBetween, cpuOfServers, ownCpuMs } from './cpu-of-processes.ts';
import { type BenchServers, PARTITIONS } from './installation.ts';

const TOPIC = 'bench-raw';
const RECORD_BYTES = 300;
const BATCH_RECORDS = 500;

/** What a client and a server do with nothing else around them. */
export interface RawRate {
  readonly perS: number;
  /** Microseconds of processor time each. */
  readonly clientCpuUs: number;
  readonly serverCpuUs: number | undefined;
}

/** kafkajs alone: records of 300 bytes, batches of 500, one after the other, acknowledged by all replicas. */
export async function measureRawKafka(
  servers: BenchServers,
  records: number,
): Promise<{ readonly produce: RawRate; readonly consume: RawRate }> {
  const client = new Kafka({ clientId: 'raw', brokers: [servers.kafka.url], logLevel: logLevel.NOTHING });
  const admin = client.admin();
  await admin.connect();
  try {
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic: TOPIC, numPartitions: PARTITIONS }] });
    await produce(client, Math.ceil(records / 5));
    const produced = await measured(servers, 'kafka', async () => {
      await produce(client, records);
      return records;
    });
    const consumed = await consume(servers, client, records);
    return { produce: produced, consume: consumed };
  } finally {
    await admin.deleteTopics({ topics: [TOPIC] });
    await admin.disconnect();
  }
}

async function produce(client: Kafka, records: number): Promise<void> {
  const producer = client.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const value = Buffer.alloc(RECORD_BYTES, 'x');
  try {
    for (let sent = 0; sent < records; sent += BATCH_RECORDS) {
      const messages = Array.from({ length: Math.min(BATCH_RECORDS, records - sent) }, (_, index) => ({
        key: `k${sent + index}`,
        partition: (sent + index) % PARTITIONS,
        value,
      }));
      await producer.send({ topic: TOPIC, messages, acks: -1 });
    }
  } finally {
    await producer.disconnect();
  }
}

/** Measured from the first batch on, so that joining the group is not. */
async function consume(servers: BenchServers, client: Kafka, records: number): Promise<RawRate> {
  const consumer = client.consumer({ groupId: TOPIC, allowAutoTopicCreation: false });
  await consumer.connect();
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
  const first = Promise.withResolvers<void>();
  const last = Promise.withResolvers<void>();
  let seen = 0;
  try {
    await consumer.run({
      eachBatch: async ({ batch }) => {
        first.resolve();
        seen += batch.messages.length;
        if (seen >= records) last.resolve();
      },
    });
    await first.promise;
    return await measured(servers, 'kafka', async () => {
      const before = seen;
      await last.promise;
      return seen - before;
    });
  } finally {
    await consumer.disconnect();
  }
}

/** Rate and processor time of `work`, which tells how much it did. */
export async function measured(
  servers: BenchServers,
  server: 'kafka' | 'mongodb',
  work: () => Promise<number>,
): Promise<RawRate> {
  const cpuBefore = cpuOfServers(servers);
  const ownBefore = ownCpuMs();
  const startMs = performance.now();
  const count = await work();
  const elapsedMs = performance.now() - startMs;
  const own = ownCpuMs() - ownBefore;
  const cpuUs = cpuBetween(cpuBefore, cpuOfServers(servers), count / 1_000);
  return {
    perS: (count * 1_000) / elapsedMs,
    clientCpuUs: (own * 1_000) / count,
    serverCpuUs: cpuUs[server],
  };
}
