import { setTimeout as sleep } from 'node:timers/promises';
import { partitionOf } from '@bellwether/events';
import { Kafka, logLevel, type Message } from 'kafkajs';
import { BENCH_TENANT } from '../loaded-engine.ts';
import type { WorkloadEvent } from '../workload.ts';
import { type Installation, PARTITIONS } from './installation.ts';

const BATCH_EVENTS = 500;
/** As often as this a source system sends what has happened since. */
const TURN_MS = 10;

/** When each event was sent (`performance.now()`), by its id; what is sent twice counts from the first time on. */
export type SentAt = ReadonlyMap<string, number>;

/** A CRM that publishes to `source-crm` with kafkajs, as JSON. */
export interface SourceSystem {
  /** As fast as it goes; the number of events. */
  publish(events: Iterable<WorkloadEvent>): Promise<number>;
  /**
   * So many a second, each at the present time, whether or not the broker has answered for earlier ones (an open loop).
   * Resolves when all are acknowledged.
   */
  publishAtRate(events: Iterable<WorkloadEvent>, rate: number): Promise<SentAt>;
  close(): Promise<void>;
}

/** Connects to the broker of an installation. */
export async function openSourceSystem({ servers, topic }: Installation): Promise<SourceSystem> {
  const client = new Kafka({ clientId: 'crm', brokers: [servers.kafka.url], logLevel: logLevel.NOTHING });
  const producer = client.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const send = async (messages: Message[]): Promise<void> => {
    await producer.send({ topic: topic('source-crm'), messages, acks: -1 });
  };
  return {
    publish: async (events) => {
      const messages = Array.from(events, ({ event }) => messageOf(event));
      for (let first = 0; first < messages.length; first += BATCH_EVENTS) {
        await send(messages.slice(first, first + BATCH_EVENTS));
      }
      return messages.length;
    },
    publishAtRate: (events, rate) => publishAtRate(send, events, rate),
    close: () => producer.disconnect(),
  };
}

async function publishAtRate(
  send: (messages: Message[]) => Promise<void>,
  events: Iterable<WorkloadEvent>,
  rate: number,
): Promise<SentAt> {
  const sentAt = new Map<string, number>();
  const sending: Promise<void>[] = [];
  const failures: unknown[] = [];
  let turn: Message[] = [];
  const startMs = performance.now();
  let number = 0;
  const flush = (): void => {
    if (turn.length > 0) sending.push(send(turn).catch((error: unknown) => void failures.push(error)));
    turn = [];
  };
  for (const { event } of events) {
    const dueMs = startMs + (number * 1_000) / rate;
    while (performance.now() < dueMs) {
      flush();
      await sleep(TURN_MS);
    }
    turn.push(messageOf({ ...event, time: new Date().toISOString() }));
    const id = String(event.id);
    if (!sentAt.has(id)) sentAt.set(id, performance.now());
    number += 1;
  }
  flush();
  await Promise.all(sending);
  if (failures.length > 0) throw failures[0];
  return sentAt;
}

function messageOf(event: WorkloadEvent['event']): Message {
  const key = `${BENCH_TENANT}|${event.subject}`;
  return {
    key,
    partition: partitionOf(key, PARTITIONS),
    value: JSON.stringify({ ...event, tenant: BENCH_TENANT }),
    headers: { 'content-type': 'application/cloudevents+json' },
  };
}
