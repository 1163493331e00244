import { setTimeout as sleep } from 'node:timers/promises';
import { DAY_MS, partitionOf, type TenantSettings } from '@bellwether/events';
import type { SimulatedEvent } from '@bellwether/simulator';
import type { Engine } from '../../../services/cli/src/engine.ts';
import type { Pipeline } from './open-pipeline.ts';

export const SOURCE_TOPIC = 'source-crm';
const HEADERS = { 'content-type': 'application/cloudevents+json' } as const;
/** Topologies whose outputs stand in one log: what they have done has its order for good. */
const WRITERS_OF_EVENTS = ['ingest-crm', 'ingest-clock'];
const POLL_MS = 10;

/** One message of the source system. */
export interface SourceRecord {
  readonly key: string;
  readonly partition: number;
  /** A CloudEvent in structured mode. */
  readonly text: string;
}

/** Puts messages on `source-crm`, in order in each partition. */
export type Publish = (records: readonly SourceRecord[]) => Promise<void>;

/** A tenant that lives in a time of the test's own: what its source sends, and when its clock is told of the time. */
export interface LiveTenant {
  /** Sends events, each to the partition of its customer unless told otherwise; ingest has all when it resolves. */
  send(events: readonly SentEvent[]): Promise<void>;
  /** Tells the clock that it is `atMs`; the day marks are in the log when it resolves. */
  tick(atMs: number): Promise<void>;
}
export interface SentEvent {
  readonly event: SimulatedEvent;
  readonly partition?: number;
}

export interface LiveTenantOptions {
  readonly tenant: string;
  /** When its clock begins, epoch ms. */
  readonly beginsAt: number;
  /** UTC unless told otherwise. */
  readonly timeZone?: string;
  readonly publish: Publish;
  /** Lets ingest work until everything that was sent is in customer-events. */
  readonly untilIngested: () => Promise<void>;
  /** Lets all services work until the census of a day that has begun is in customer-events. */
  readonly untilCounted: () => Promise<void>;
}

/** Begins a live tenant whose events come from a system of its own. */
export async function beginLiveTenant(engine: Engine, options: LiveTenantOptions): Promise<LiveTenant> {
  const { tenant, beginsAt: at, timeZone = 'UTC', publish, untilIngested, untilCounted } = options;
  const { log } = engine;
  const settings: TenantSettings = { currency: 'USD', timeZone, synthetic: true, clock: 'live' };
  const begun = { kind: 'tenant', tenant, settings, day: null, feeds: {}, at };
  await log.append([{ topic: 'clock', key: tenant, value: begun }]);
  await untilIngested();
  if ((await engine.tenants.get(tenant)) === undefined)
    throw new Error(`The tenant ${tenant} did not begin.`);
  const partitions = log.partitions(SOURCE_TOPIC);
  return {
    send: async (events) => {
      await publish(
        events.map(({ event, partition }) => {
          const key = `${tenant}|${event.subject}`;
          const text = JSON.stringify({ ...event, tenant });
          return { key, partition: partition ?? partitionOf(key, partitions), text };
        }),
      );
      await untilIngested();
    },
    tick: async (atMs) => {
      await log.append([{ topic: 'clock', key: 'tick', value: { kind: 'tick', at: atMs } }]);
      await untilIngested();
      // Where a census stands among the events of its day is chance otherwise, as it may be.
      await untilCounted();
    },
  };
}

/** A live tenant of a pipeline on embedded, which works on everything after each step. */
export async function beginEmbeddedTenant(
  pipeline: Pipeline,
  options: Pick<LiveTenantOptions, 'tenant' | 'beginsAt' | 'timeZone'>,
): Promise<LiveTenant> {
  const { engine } = pipeline;
  const publish: Publish = (records) =>
    engine.log.append(
      records.map(({ text, ...place }) => ({
        ...{ topic: SOURCE_TOPIC, ...place },
        value: { kind: 'source-message', headers: HEADERS, body: { kind: 'json', text } },
      })),
    );
  const work = () => engine.drain();
  return await beginLiveTenant(engine, { ...options, publish, untilIngested: work, untilCounted: work });
}

/** Resolves when what a day of `engine`, which runs, came to is in customer-events. */
export async function untilCounted(engine: Engine): Promise<void> {
  for (const name of ['scoring', 'portfolio', 'ingest-findings']) await untilDone(engine, name);
}

/** Resolves when what `engine` has been given while it runs is in customer-events. */
export async function untilIngested(engine: Engine): Promise<void> {
  // Events may tell the clock of something, so the clock is asked last.
  for (const name of WRITERS_OF_EVENTS) await untilDone(engine, name);
}

async function untilDone(engine: Engine, name: string): Promise<void> {
  const runner = engine.runners.find((one) => one.name === name);
  while (runner && (await runner.lag()) > 0) await sleep(POLL_MS);
}

/** Events by the day or hour in which they happened, in order. */
export function byTime<E extends { readonly time: string }>(
  events: Iterable<E>,
  lengthMs: number = DAY_MS,
): Map<number, E[]> {
  return Map.groupBy(events, ({ time }) => Math.floor(Date.parse(time) / lengthMs));
}
