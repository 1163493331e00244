import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { jsonCodec, openKafka } from '@bellwether/kafka';
import { openMongo } from '@bellwether/mongo';
import { createRunner, type Topology } from '@bellwether/stream';
import { createW1Topology } from './w1-topology.ts';

/**
 * The workload as one process of this project: Kafka source, MongoDB store, transactional delivery. Environment as the
 * harness gives it to every engine: `BROKER`, `IN_TOPIC`, `OUT_TOPIC`, `APP_ID`, `FIRST_FILE`; and `MONGODB`, the URI.
 * Works until it is told to stop. The state is kept in the database `APP_ID`.
 */
const PARTITIONS = 6;
/** A larger batch writes a customer's document less often while there is a backlog; a live one is never as long. */
const LIMITS = { batchRecords: 10_000, batchMs: 500 };

async function main(): Promise<void> {
  const group = setting('APP_ID');
  const input = split(setting('IN_TOPIC'));
  const output = split(setting('OUT_TOPIC'));
  if (input.prefix !== output.prefix) throw new Error('IN_TOPIC and OUT_TOPIC need the same prefix.');
  const topic = { partitions: PARTITIONS, cleanup: 'keep' } as const;
  const kafka = await openKafka({
    brokers: [setting('BROKER')],
    clientId: group,
    prefix: input.prefix,
    topics: { [input.name]: topic, [output.name]: topic },
    codec: jsonCodec,
    delivery: 'transactional',
    onLog: ({ level, message }) => process.stderr.write(`${level}: ${message}\n`),
  });
  const mongo = await openMongo({ uri: setting('MONGODB'), database: group.replaceAll('.', '-') });
  const topology = createW1Topology({ group, input: input.name, output: output.name });
  const runner = createRunner({
    topology: markingFirst(topology, setting('FIRST_FILE')),
    log: kafka.log,
    store: mongo.store,
    limits: LIMITS,
    clock: {
      nowMs: () => performance.now(),
      sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
      rest: () => new Promise((resolve) => setImmediate(resolve)),
    },
    onRetry: (error, attempt) => process.stderr.write(`again (${attempt}): ${error.message}\n`),
  });
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  await runner.run(stop.signal);
  await Promise.all([kafka.close(), mongo.close()]);
}

/** Tells the harness when the first record is looked at: before its document is loaded. */
function markingFirst<Value, State, Head, Out extends string>(
  topology: Topology<Value, State, Head, Out>,
  file: string,
): Topology<Value, State, Head, Out> {
  let isMarked = false;
  return {
    ...topology,
    keyOf: (record) => {
      if (!isMarked) appendFileSync(file, `${Date.now()}\n`);
      isMarked = true;
      return topology.keyOf(record);
    },
  };
}

/** The installation's prefix and the topic's own name, as this project names topics. */
function split(topic: string): { prefix: string; name: string } {
  const dot = topic.lastIndexOf('.');
  if (dot < 1) throw new Error(`A topic is called prefix.name, not ${topic}.`);
  return { prefix: topic.slice(0, dot), name: topic.slice(dot + 1) };
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

await main();
