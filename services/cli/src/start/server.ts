import {
  createCalendar,
  type IngestRoutesParts,
  registerIngestRoutes,
  registerTenantRoute,
} from '@bellwether/ingest';
import {
  LiveFeed,
  observeCommitted,
  PROJECTION_METRICS,
  PROJECTION_SERVER_OPTIONS,
  type Readiness,
  registerApiDocument,
  registerProjectionRoutes,
  registerSystemRoutes,
  serveBoard,
} from '@bellwether/projection';
import { createMetrics, type Logger } from '@bellwether/runtime';
import { type FastifyInstance, fastify } from 'fastify';
import type { CommittedBatch, Engine } from '../engine.ts';
import { SERVICES, type Service } from '../topologies.ts';

export interface ServerParts {
  readonly engine: Engine;
  /** Services of this process, which decide what is served; all unless told otherwise. */
  readonly services?: readonly Service[];
  readonly readiness: () => Readiness;
  readonly logger: Logger;
  /** Folder of the built board; without it only the API is served. */
  readonly boardFolder?: string;
  readonly version: string;
}

export interface Server {
  readonly app: FastifyInstance;
  /** To be told of every batch of the engine that is public. */
  readonly onCommitted: (batch: CommittedBatch) => void;
  /** To be told of every batch that another process has put into the read models. */
  readonly onFollowed: (batch: Parameters<LiveFeed['committed']>[0]) => void;
  close(): Promise<void>;
}

/** One HTTP server for the services of the process: health for each, ingest's edge, projection's API and the board. */
export async function createServer(parts: ServerParts): Promise<Server> {
  const { engine, services = SERVICES } = parts;
  const app = fastify({ ...PROJECTION_SERVER_OPTIONS, forceCloseConnections: true });
  const metrics = createMetrics(PROJECTION_METRICS, { withProcessMetrics: true });
  const feed = new LiveFeed(engine.log);
  await registerApiDocument(app, parts.version);
  registerSystemRoutes(app, { readiness: parts.readiness, renderMetrics: metrics.render });
  if (services.includes('ingest')) await serveEdge(app, parts);
  if (services.includes('projection')) {
    const { readModels, log, rates } = engine;
    await registerProjectionRoutes(app, { readModels, log, rates, feed, now: Date.now });
    if (parts.boardFolder !== undefined) await serveBoard(app, parts.boardFolder);
  }
  return {
    app,
    onCommitted: (batch) => {
      if (batch.service !== 'projection') return;
      feed.committed(batch);
      observeCommitted(metrics.all, batch, Date.now());
    },
    onFollowed: (batch) => feed.committed(batch),
    close: async () => {
      feed.close();
      await app.close();
    },
  };
}

async function serveEdge(app: FastifyInstance, { engine, logger }: ServerParts): Promise<void> {
  const edge: IngestRoutesParts = {
    log: engine.log,
    tenants: engine.tenants,
    calendar: createCalendar(),
    rates: engine.rates,
    now: Date.now,
    onFailure: (error) => logger.error({ err: error }, 'the log did not take what was sent'),
  };
  await registerIngestRoutes(app, edge);
  await registerTenantRoute(app, edge);
}
