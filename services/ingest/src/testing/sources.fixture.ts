import {
  type CustomerEvent,
  type CustomerEventsRecord,
  NO_RATES,
  type QuarantineRecord,
  type RedriveRecord,
  type ResyncRequest,
  type SourceBody,
  type SourceMessage,
  type TOPIC_NAMES,
} from '@bellwether/events';
import {
  createRunner,
  drain,
  type InputRecord,
  type LoopLimits,
  type Position,
  type ReadOptions,
} from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import type { JudgeParts, SourceTenant } from '../sources/judge-message.ts';
import { SOURCE_SYSTEMS, type SourceSystem } from '../sources/source-systems.ts';
import { createCalendar } from '../tenants/calendar.ts';
import { ingestClockTopology } from '../topologies/ingest-clock.ts';
import { ingestEventsTopology } from '../topologies/ingest-events.ts';
import { ingestRedrivesTopology } from '../topologies/ingest-redrives.ts';
import { ingestSourceTopology } from '../topologies/ingest-source.ts';
import { NOW_MS } from './ingest.fixture.ts';

/** Live, in dollars and New York time. */
export const ACME: SourceTenant = {
  settings: { currency: 'USD', timeZone: 'America/New_York', synthetic: false, clock: 'live' },
  day: null,
};

/** A login of customer c1 of acme at the time at which the tests take place. */
export const LOGIN = {
  specversion: '1.0',
  id: 'e1',
  source: '/product',
  type: 'activity.login',
  subject: 'c1',
  time: new Date(NOW_MS).toISOString(),
  data: {},
};

/** A message with a JSON body, as its producer wrote it. */
export function jsonMessage(value: unknown, headers: Readonly<Record<string, string>> = {}): SourceMessage {
  return bodyMessage(
    { kind: 'json', text: typeof value === 'string' ? value : JSON.stringify(value) },
    headers,
  );
}

/** A message with any body. */
export function bodyMessage(body: SourceBody, headers: Readonly<Record<string, string>> = {}): SourceMessage {
  return { kind: 'source-message', headers, body };
}

/** A log in memory whose records came one after the other, a millisecond apart, at the time of the tests. */
export class TimedLog extends MemoryLog {
  override async read(from: Position, options: ReadOptions): Promise<readonly InputRecord[]> {
    const records = await super.read(from, options);
    return records.map((record) => ({ ...record, timestampMs: NOW_MS + record.offset }));
  }
}

/** All of ingest that reads source topics, on a log and a store in memory. */
export function openSources(
  options: { tenants?: Record<string, SourceTenant>; limits?: Partial<LoopLimits> } = {},
) {
  const log = new TimedLog();
  const store = new MemoryStore();
  const tenants = new Map(Object.entries(options.tenants ?? { acme: ACME }));
  const calendar = createCalendar();
  const parts: JudgeParts = { tenantOf: (tenant) => tenants.get(tenant), calendar, rates: NO_RATES };
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };
  const run = { log, store, clock, ...(options.limits ? { limits: options.limits } : {}) };
  const gateOf = (tenant: string) => {
    const view = tenants.get(tenant);
    return view && { clock: view.settings.clock, day: view.day };
  };
  const runners = [
    ...SOURCE_SYSTEMS.map((system) =>
      createRunner({ topology: ingestSourceTopology(system, parts), ...run }),
    ),
    createRunner({ topology: ingestEventsTopology('ingest-http', gateOf), ...run }),
    createRunner({ topology: ingestRedrivesTopology, ...run }),
    createRunner({ topology: ingestClockTopology({ calendar, partitions: 1 }), ...run }),
  ];
  const values = <T>(topic: (typeof TOPIC_NAMES)[number]) => log.topic(topic).map(({ value }) => value as T);
  return {
    ...{ log, store, tenants, calendar },
    drain: () => drain(runners),
    /** Publishes messages to a system's topic and processes everything. */
    async send(system: SourceSystem, ...messages: readonly SourceMessage[]): Promise<void> {
      await this.sendKeyed(system, 'acme|c1', ...messages);
    },
    async sendKeyed(system: SourceSystem, key: string, ...messages: readonly SourceMessage[]): Promise<void> {
      await log.append(messages.map((value) => ({ topic: `source-${system}`, key, value })));
      await drain(runners);
    },
    events: () =>
      values<CustomerEventsRecord>('customer-events').filter(
        (one): one is CustomerEvent => one.kind === 'event',
      ),
    controls: () => values<CustomerEventsRecord>('customer-events').filter((one) => one.kind !== 'event'),
    quarantine: () => values<QuarantineRecord>('ingest-quarantine'),
    requests: () => values<ResyncRequest>('resync-requests'),
    redrives: () => values<RedriveRecord>('ingest-redrives'),
    tallies: () => values<{ tenant: string; tally: object }>('ingest-accounting'),
  };
}
