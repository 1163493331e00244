import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CustomerEvent } from '@bellwether/events';
import { createCalendar, importFile, readMap, registerIngestRoutes } from '@bellwether/ingest';
import { LiveFeed, PROJECTION_SERVER_OPTIONS, registerProjectionRoutes } from '@bellwether/projection';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Backend } from '../../../services/cli/src/backend/backend.ts';
import {
  createEngine,
  type Engine,
  type EngineOptions,
  openEngine,
} from '../../../services/cli/src/engine.ts';
import { importPartsOf } from '../../../services/cli/src/import-parts.ts';
import { waitUntilDrained } from '../../../services/cli/src/start/wait-until-drained.ts';

export const EXAMPLES = join(import.meta.dirname, '..', '..', '..', 'examples');

/** The whole pipeline with a clock that the test sets. */
export interface Pipeline {
  readonly engine: Engine;
  readonly app: FastifyInstance;
  /** Epoch ms that the edges take for now. */
  now: number;
  /** Posts events as one request; the answer's status and body. */
  post(tenant: string, events: unknown): Promise<{ readonly status: number; readonly body: Answer }>;
  /** Lets everything be processed: in turn on embedded, all at the same time on servers. */
  settle(): Promise<void>;
  /** Says that it is `now`, and lets everything be processed. */
  tick(): Promise<void>;
  /** JSON of a GET that succeeds. */
  get<T>(url: string): Promise<T>;
  close(): Promise<void>;
}
interface Answer {
  readonly accepted?: number;
  readonly rejected?: number;
  readonly reason?: string;
}

export interface PipelineOptions {
  /** Log and store that are open already; otherwise a file of its own, or memory. */
  readonly backend?: Backend;
  readonly path?: string;
  readonly partitions?: number;
  readonly batchRecords?: number;
  readonly now: number;
  /** None unless given. */
  readonly rates?: EngineOptions['rates'];
}

/** Opens all four services with the real routes of ingest and projection, on embedded unless told otherwise. */
export async function openPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { backend, path = ':memory:', partitions = 1, batchRecords = 2_000 } = options;
  let feed: LiveFeed | undefined;
  let processed = 0;
  const engineOptions: EngineOptions = {
    ...(options.rates && { rates: options.rates }),
    // No bound by time: the same input is cut into the same batches on any machine.
    limits: { batchRecords, batchMs: Number.POSITIVE_INFINITY },
    onCommitted: (batch) => {
      processed += batch.records.length;
      if (batch.service === 'projection') feed?.committed(batch);
    },
  };
  const engine = backend
    ? createEngine(backend, engineOptions)
    : openEngine({ path, partitions, ...engineOptions });
  feed = new LiveFeed(engine.log);
  const app = Fastify(PROJECTION_SERVER_OPTIONS);
  const now = () => pipeline.now;
  const { log, tenants, rates, readModels } = engine;
  await registerIngestRoutes(app, { log, tenants, calendar: createCalendar(), rates, now });
  await registerProjectionRoutes(app, { readModels, log, rates, feed, now });
  const pipeline: Pipeline = {
    engine,
    app,
    now: options.now,
    post: async (tenant, events) => {
      const headers = { 'content-type': 'application/json' };
      const url = `/v1/tenants/${tenant}/events`;
      const response = await app.inject({ method: 'POST', url, headers, payload: JSON.stringify(events) });
      return { status: response.statusCode, body: response.json() };
    },
    settle: () => (backend?.kind === 'servers' ? workAtOnce(engine, () => processed) : engine.drain()),
    tick: async () => {
      await log.append([{ topic: 'clock', key: 'tick', value: { kind: 'tick', at: pipeline.now } }]);
      await pipeline.settle();
    },
    get: async <T>(url: string) => {
      const response = await app.inject(url);
      if (response.statusCode !== 200)
        throw new Error(`${url} answered ${response.statusCode}: ${response.body}`);
      return response.json() as T;
    },
    close: async () => {
      feed?.close();
      await app.close();
      await engine.close();
    },
  };
  return pipeline;
}

/** All topologies work at the same time, as in a process, until nothing is left to do. */
async function workAtOnce(engine: Engine, processed: () => number): Promise<void> {
  const stop = new AbortController();
  const loops = engine.run(stop.signal);
  await Promise.race([loops, waitUntilDrained({ lag: engine.lag, processed, signal: stop.signal })]);
  stop.abort();
  await loops;
}

/** What an importer needs, with the pipeline's clock. */
export function importPartsAt(pipeline: Pick<Pipeline, 'engine' | 'now'>) {
  return { ...importPartsOf(pipeline.engine, {}), now: () => pipeline.now };
}

/** Imports one of the real data sets as a frozen tenant of its name, and lets everything be processed. */
export async function importExample(
  pipeline: Pipeline,
  tenant: 'usaspending' | 'cdnow',
  more: { readonly until?: string } = {},
): Promise<void> {
  const file = tenant === 'cdnow' ? 'CDNOW_sample.txt' : 'treasury_contracts.csv';
  const map = readMap(readFileSync(join(EXAMPLES, tenant, 'map.yaml'), 'utf8'));
  if (!map.ok) throw new Error(JSON.stringify(map.faults));
  const request = { path: join(EXAMPLES, tenant, file), map, tenant, clock: 'frozen', ...more } as const;
  const result = await importFile(request, importPartsAt(pipeline));
  if (result.kind !== 'done') throw new Error(result.message);
  await pipeline.settle();
}

/** An accepted event as the CloudEvent that it was. */
export function asCloudEvent(event: CustomerEvent) {
  const { id, source, type, customerId, time, sequence, data } = event;
  return {
    specversion: '1.0',
    ...{ id, source, type, data },
    subject: customerId,
    time: new Date(time).toISOString(),
    ...(sequence === undefined ? {} : { sequence }),
  };
}
