import { DAY_MS } from '@bellwether/events';
import type { Log, OutputRecord } from '@bellwether/stream';
import { BENCH_TENANT } from '../loaded-engine.ts';
import { createWorkload, type Workload } from '../workload.ts';
import { accountsOfAll, accountsOfScoring } from './accounts.ts';
import {
  type BenchServers,
  beginTenant,
  type Delivery,
  type Installation,
  startInstallation,
} from './installation.ts';
import { type Drained, measureDrain, PUBLIC_WITHIN_MS } from './measured-drain.ts';
import type { KafkaBenchOptions } from './options.ts';
import { openSourceSystem, type SourceSystem } from './source-system.ts';

/** Events of history that an average customer has behind it; not measured. */
const HISTORY_PER_CUSTOMER = 3;
const EVENTS_TOPIC = 'customer-events';
const COPIED_AT_ONCE = 2_000;

/** Where each partition of `customer-events` ended when the history was in. */
type Ends = readonly number[];

/** All four services at work, with their customers loaded, and who publishes to them. */
export interface Loaded {
  readonly installation: Installation;
  readonly source: SourceSystem;
  readonly workload: Workload;
  readonly historyEnds: Ends;
  close(): Promise<void>;
}

/** What is loaded, and how the results are to be delivered. */
export interface LoadParts {
  readonly servers: BenchServers;
  readonly options: KafkaBenchOptions;
  readonly delivery: Delivery;
}

/** Starts all four services and lets them work off the past of all customers. */
export async function loadCustomers({ servers, options, delivery }: LoadParts): Promise<Loaded> {
  const services = ['ingest', 'scoring', 'alerting', 'projection'] as const;
  const installation = await startInstallation({ servers, name: delivery, delivery, services });
  const source = await openSourceSystem(installation);
  // The drained day is yesterday: events of today would lie in the future, or be those of the live run.
  const todayMs = Math.floor(Date.now() / DAY_MS - 1) * DAY_MS;
  const workload = createWorkload({ ...options, todayMs });
  await beginTenant(installation);
  await source.publish(workload.pilot());
  await source.publish(workload.history(HISTORY_PER_CUSTOMER * options.customers));
  await installation.published.untilAll(PUBLIC_WITHIN_MS);
  const { log } = installation.backend;
  const historyEnds = await Promise.all(
    partitionsOf(log).map((partition) => log.endOffset(EVENTS_TOPIC, partition)),
  );
  const close = async (): Promise<void> => {
    await source.close();
    await installation.close();
  };
  return { installation, source, workload, historyEnds, close };
}

/** Events of a source through all four services. */
export function drainAll(loaded: Loaded, { events }: KafkaBenchOptions): Promise<Drained> {
  const { installation, source, workload } = loaded;
  return measureDrain({
    title: 'All four services',
    installation,
    accounts: accountsOfAll(installation.backend),
    fill: () => source.publish(workload.day(0, events)),
  });
}

/** What ingest made of the events: of the history, and of those that were drained. */
export interface Ingested {
  readonly past: readonly OutputRecord[];
  readonly measured: readonly OutputRecord[];
}

/** Reads what stands in customer-events. */
export async function readIngested({ installation, historyEnds }: Loaded): Promise<Ingested> {
  const { log } = installation.backend;
  const endOfHistory = (partition: number): number => historyEnds[partition] ?? 0;
  const past = await readEvents(log, { end: endOfHistory });
  return { past, measured: await readEvents(log, { start: endOfHistory }) };
}

/** Scoring alone over what ingest made of the same events, in an installation of its own. */
export async function drainScoring(
  { past, measured }: Ingested,
  { servers, delivery }: LoadParts,
): Promise<Drained> {
  const name = `${delivery}-scoring`;
  const installation = await startInstallation({ servers, delivery, name, services: ['scoring'] });
  try {
    const { log } = installation.backend;
    await appendAll(log, past);
    await installation.published.untilAll(PUBLIC_WITHIN_MS);
    return await measureDrain({
      title: 'Scoring alone',
      installation,
      accounts: accountsOfScoring(installation.backend),
      fill: async () => {
        await appendAll(log, measured);
        return measured.filter(({ value }) => isEvent(value)).length;
      },
    });
  } finally {
    await installation.close();
  }
}

/** Part of each partition: from `start`, or the beginning, to `end`, or the end. */
interface Part {
  readonly start?: (partition: number) => number;
  readonly end?: (partition: number) => number;
}

/** Records of customer-events, each for the partition in which it stands. */
async function readEvents(log: Log, { start, end }: Part): Promise<readonly OutputRecord[]> {
  const found: OutputRecord[] = [];
  for (const partition of partitionsOf(log)) {
    const stop = end?.(partition) ?? (await log.endOffset(EVENTS_TOPIC, partition));
    for (let offset = start?.(partition) ?? 0; offset < stop; ) {
      const place = { topic: EVENTS_TOPIC, partition, offset };
      const read = await log.read(place, { limit: COPIED_AT_ONCE, waitMs: 0 });
      const records = read.filter((record) => record.offset < stop);
      for (const { key, value } of records) found.push({ topic: EVENTS_TOPIC, partition, key, value });
      offset = (records.at(-1)?.offset ?? stop) + 1;
    }
  }
  return found;
}

async function appendAll(log: Log, records: readonly OutputRecord[]): Promise<void> {
  for (let first = 0; first < records.length; first += COPIED_AT_ONCE) {
    await log.append(records.slice(first, first + COPIED_AT_ONCE));
  }
}

function isEvent(value: unknown): boolean {
  const { kind, tenant } = value as { readonly kind: string; readonly tenant: string };
  return kind === 'event' && tenant === BENCH_TENANT;
}

function partitionsOf(log: Log): number[] {
  return Array.from({ length: log.partitions(EVENTS_TOPIC) }, (_, partition) => partition);
}
