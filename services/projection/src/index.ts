export { registerApiDocument } from './api/api-document.ts';
export type { ProjectionDeps } from './api/route-deps.ts';
export { IN_MEMORY_COLLECTIONS } from './collections.ts';
export { type CommittedBatch, LiveFeed } from './live/live-feed.ts';
export { PROJECTION_SERVER_OPTIONS, registerProjectionRoutes } from './register-projection-routes.ts';
export { observeCommitted, PROJECTION_METRICS, type ProjectionMetrics } from './system/metrics.ts';
export { type Readiness, registerSystemRoutes, type SystemDeps } from './system/register-system-routes.ts';
export { serveBoard } from './system/serve-board.ts';
export {
  projectionIngestAccounting,
  projectionScoringAccounting,
} from './topologies/projection-accounting.ts';
export { projectionAlerts } from './topologies/projection-alerts.ts';
export { projectionChanges } from './topologies/projection-changes.ts';
export { projectionEvents } from './topologies/projection-events.ts';
export {
  projectionIngestQuarantine,
  projectionScoringQuarantine,
} from './topologies/projection-quarantine.ts';
export { projectionShadows } from './topologies/projection-shadows.ts';
