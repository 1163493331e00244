import { setTimeout as sleep } from 'node:timers/promises';
import { partitionOf } from '@bellwether/events';
import type { SimulatedEvent } from '@bellwether/simulator';
import { Kafka, logLevel, type Producer } from 'kafkajs';

/** A source system that publishes to Kafka by itself, as its own client would. */
export interface LoadOptions {
  /** `host:port`. */
  readonly broker: string;
  /** With the prefix. */
  readonly topic: string;
  readonly partitions: number;
  readonly tenant: string;
  readonly events: Iterable<SimulatedEvent>;
  readonly ratePerSecond: number;
  readonly signal?: AbortSignal;
}

const TURN_MS = 50;
/** A source waits this long for a broker that is away. */
const SENT_WITHIN_MS = 120_000;
const STRUCTURED = { 'content-type': 'application/cloudevents+json' };

/** What was published. */
export interface Published {
  readonly messages: number;
  /** Ids of the events; an event that was sent twice is one. */
  readonly ids: ReadonlySet<string>;
}

/** Publishes all events until `signal` fires, each until the broker has it (some twice, if it fails). */
export async function publishLoad(options: LoadOptions): Promise<Published> {
  const client = new Kafka({ clientId: 'crm', brokers: [options.broker], logLevel: logLevel.NOTHING });
  let producer = await connected(client);
  const startMs = performance.now();
  let published = 0;
  const ids = new Set<string>();
  let turn: SimulatedEvent[] = [];
  const flush = async (): Promise<void> => {
    const messages = turn.map((event) => messageOf(event, options));
    for (const { id } of turn) ids.add(id);
    turn = [];
    for (const deadlineMs = performance.now() + SENT_WITHIN_MS; ; ) {
      try {
        await producer.send({ topic: options.topic, messages, acks: -1 });
        break;
      } catch (error) {
        if (performance.now() > deadlineMs) throw error;
        await sleep(500);
        await producer.disconnect();
        producer = await connected(client, deadlineMs);
      }
    }
    published += messages.length;
  };
  try {
    for (const event of options.events) {
      if (options.signal?.aborted) break;
      turn.push(event);
      if (turn.length < (options.ratePerSecond * TURN_MS) / 1_000) continue;
      await flush();
      const dueMs = startMs + (published / options.ratePerSecond) * 1_000;
      if (dueMs > performance.now()) await sleep(dueMs - performance.now());
    }
    if (turn.length > 0) await flush();
  } finally {
    await producer.disconnect();
  }
  return { messages: published, ids };
}

/** A producer, as soon as the broker answers. */
async function connected(client: Kafka, deadlineMs = performance.now()): Promise<Producer> {
  for (;;) {
    const producer = client.producer({ allowAutoTopicCreation: false });
    try {
      await producer.connect();
      return producer;
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
      await sleep(500);
    }
  }
}

/** A source system that sends what a test gives it. */
export interface Publisher {
  /** Resolves when the broker has all of them; those of one partition keep their order. */
  send(topic: string, records: readonly PublishedRecord[]): Promise<void>;
  close(): Promise<void>;
}
export interface PublishedRecord {
  readonly key: string;
  readonly partition: number;
  /** The body: a CloudEvent in structured mode unless the headers say otherwise. */
  readonly text?: string;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Connects a client of its own to the broker. */
export async function connectPublisher(broker: string): Promise<Publisher> {
  const producer = producerAt(broker);
  await producer.connect();
  return {
    send: async (topic, records) => {
      if (records.length === 0) return;
      const messages = records.map(({ key, partition, text, bytes, headers }) => ({
        ...{ key, partition, value: bytes ?? text ?? null },
        headers: headers ?? STRUCTURED,
      }));
      await producer.send({ topic, messages, acks: -1 });
    },
    close: () => producer.disconnect(),
  };
}

/** Patient: a broker may be away for a while. What holds for the producer does not hold for its connections. */
function producerAt(broker: string): Producer {
  const retry = { retries: 100, initialRetryTime: 100, maxRetryTime: 2_000 };
  const client = new Kafka({ clientId: 'source', brokers: [broker], retry, logLevel: logLevel.NOTHING });
  return client.producer({ allowAutoTopicCreation: false, retry });
}

function messageOf(event: SimulatedEvent, { tenant, partitions }: LoadOptions) {
  const key = `${tenant}|${event.subject}`;
  return {
    key,
    partition: partitionOf(key, partitions),
    value: JSON.stringify({ ...event, tenant }),
    headers: STRUCTURED,
  };
}
