import type { CurrentRates } from '@bellwether/events';
import type { Log, ReadModels } from '@bellwether/stream';
import type { LiveFeed } from '../live/live-feed.ts';
import type { CustomerTables } from '../read/customer-tables.ts';
import type { TenantView } from '../read/tenant-view.ts';

/** What a wiring gives the routes. */
export interface ProjectionDeps {
  readonly readModels: ReadModels;
  /** Read for catch-up; appended to by people's actions. */
  readonly log: Log;
  /** Told of every committed batch of projection's topologies. */
  readonly feed: LiveFeed;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** By which a what-if converts amounts, as ingest does (D23). */
  readonly rates: CurrentRates;
  /** Time between two signs of life of a stream; 15 s if not given. */
  readonly heartbeatMs?: number;
}

/** What the routes share. */
export interface RouteDeps extends ProjectionDeps {
  readonly tables: CustomerTables;
  /** A tenant by name. @throws ProblemError 404 */
  readonly tenantOf: (tenant: string) => Promise<TenantView>;
}
