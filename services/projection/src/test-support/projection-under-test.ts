import { type Embedded, openEmbedded } from '@bellwether/embedded';
import { NO_RATES, TOPICS, type TopicName } from '@bellwether/events';
import { createRunner, drain, type OutputRecord, type Runner, type Topology } from '@bellwether/stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerApiDocument } from '../api/api-document.ts';
import { IN_MEMORY_COLLECTIONS } from '../collections.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { PROJECTION_SERVER_OPTIONS, registerProjectionRoutes } from '../register-projection-routes.ts';
import {
  projectionIngestAccounting,
  projectionScoringAccounting,
} from '../topologies/projection-accounting.ts';
import { projectionAlerts } from '../topologies/projection-alerts.ts';
import { projectionChanges } from '../topologies/projection-changes.ts';
import { projectionEvents } from '../topologies/projection-events.ts';
import {
  projectionIngestQuarantine,
  projectionScoringQuarantine,
} from '../topologies/projection-quarantine.ts';
import { projectionShadows } from '../topologies/projection-shadows.ts';

/** The wall clock of a test. */
export const NOW = Date.UTC(2024, 4, 20, 12);

export interface ProjectionUnderTest extends Embedded {
  readonly app: FastifyInstance;
  readonly feed: LiveFeed;
  /** Appends records and lets all topologies take them in. */
  take(...records: readonly OutputRecord[]): Promise<void>;
  /** JSON of a GET that is expected to succeed. */
  get<T>(url: string): Promise<T>;
}

/** Projection alone over an embedded backend in memory: all its topologies and routes. */
export async function openProjection(
  options: { readonly partitions?: number; readonly heartbeatMs?: number } = {},
): Promise<ProjectionUnderTest> {
  const embedded = openEmbedded({
    path: ':memory:',
    partitions: options.partitions ?? 1,
    topics: Object.fromEntries(Object.entries(TOPICS).map(([name, { partitions }]) => [name, partitions])),
    collections: Object.fromEntries(IN_MEMORY_COLLECTIONS.map((name) => [name, { inMemory: true }])),
  });
  const feed = new LiveFeed(embedded.log);
  const runners = runnersOf(embedded, feed);
  const app = Fastify(PROJECTION_SERVER_OPTIONS);
  await registerApiDocument(app, '0.0.0');
  const { log, readModels } = embedded;
  const { heartbeatMs = 15_000 } = options;
  await registerProjectionRoutes(app, {
    log,
    readModels,
    rates: NO_RATES,
    feed,
    now: () => NOW,
    heartbeatMs,
  });
  return {
    ...embedded,
    app,
    feed,
    take: async (...records) => {
      await embedded.log.append(records);
      await drain(runners);
    },
    get: async <T>(url: string) => {
      const response = await app.inject(url);
      if (response.statusCode !== 200)
        throw new Error(`${url} answered ${response.statusCode}: ${response.body}`);
      return response.json() as T;
    },
    close: async () => {
      await app.close();
      await embedded.close();
    },
  };
}

function runnersOf(embedded: Embedded, feed: LiveFeed): Runner[] {
  const run = <Value, State, Head, Out extends string>(topology: Topology<Value, State, Head, Out>) =>
    createRunner({
      topology,
      log: embedded.log,
      store: embedded.store,
      clock: {
        nowMs: () => 0,
        sleep: () => Promise.resolve(),
        rest: () => Promise.resolve(),
      },
      onCommitted: (batch) => feed.committed(batch),
    });
  return [
    run(projectionEvents),
    run(projectionChanges),
    run(projectionShadows),
    run(projectionAlerts),
    run(projectionIngestQuarantine),
    run(projectionScoringQuarantine),
    run(projectionIngestAccounting),
    run(projectionScoringAccounting),
  ];
}

/** A record for a topic, its key as the catalogue has it. */
export function recordOf(
  topic: TopicName,
  value: { readonly tenant: string; readonly customerId?: string | null },
) {
  const key = value.customerId ? `${value.tenant}|${value.customerId}` : value.tenant;
  return { topic, key, value };
}
