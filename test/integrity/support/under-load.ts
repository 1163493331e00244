import { DAY_MS } from '@bellwether/events';
import { type SimulatedEvent, simulatePortfolio, USUAL_FAULTS } from '@bellwether/simulator';
import type { Cluster } from './cluster.ts';
import { type CleanCounts, expectClean, untilProcessed } from './expect-clean.ts';
import { publishLoad } from './publish-load.ts';

export const TENANT = 'simulated';

/** How a cluster is loaded while something happens to it. */
export interface LoadParts {
  readonly cluster: Cluster;
  readonly partitions: number;
  readonly seed: number;
  readonly ratePerSecond: number;
  /** How long what was sent may take to be processed when it is over, ms. */
  readonly processedWithinMs: number;
  /** As the cluster's; `transactional` unless told otherwise. */
  readonly delivery?: 'transactional' | 'idempotent';
}

/** What came of it. */
export interface LoadResult extends CleanCounts {
  /** Messages that were sent, repeated ones too. */
  readonly sent: number;
}

/**
 * Lets a source publish a year of simulated customers (repeated, late, out of order) while `happening` runs, waits
 * until all of it is processed, and fails unless everything is clean.
 */
export async function underLoad(parts: LoadParts, happening: () => Promise<void>): Promise<LoadResult> {
  const { cluster } = parts;
  await beginTenant(cluster);
  const stop = new AbortController();
  const publishing = publishLoad({
    broker: cluster.servers.kafka.url,
    topic: 'bellwether.source-crm',
    partitions: parts.partitions,
    tenant: TENANT,
    events: yearOf(parts.seed),
    ratePerSecond: parts.ratePerSecond,
    signal: stop.signal,
  });
  try {
    await Promise.race([
      happening(),
      publishing.then(() => Promise.reject(new Error('the load ended too early'))),
    ]);
  } finally {
    stop.abort();
  }
  const published = await publishing;
  await untilProcessed(cluster, parts.processedWithinMs);
  const backend = await cluster.open();
  try {
    return {
      ...(await expectClean(backend, published.ids, { delivery: parts.delivery })),
      sent: published.messages,
    };
  } finally {
    await backend.close();
  }
}

/** A source system may only publish for a tenant that has begun. */
export async function beginTenant(cluster: Cluster): Promise<void> {
  const ingest = cluster.instances().find(({ services }) => services.includes('ingest'));
  if (!ingest) throw new RangeError('no process runs ingest');
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ currency: 'USD', timeZone: 'UTC', synthetic: true });
  const answer = await fetch(`${ingest.url()}/v1/tenants/${TENANT}`, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(`The tenant was not begun: ${await answer.text()}`);
}

function* yearOf(seed: number): Generator<SimulatedEvent> {
  const endDay = Math.floor(Date.now() / DAY_MS) - 1;
  const portfolio = { seed, customers: 400, startDay: endDay - 364, endDay, faults: USUAL_FAULTS };
  yield* simulatePortfolio(portfolio).events();
}
