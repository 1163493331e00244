export type { ImportIdentity, ImportOptions } from './files/begin-import.ts';
export { censusReader } from './files/census-reader.ts';
export { type EventsImport, importEvents } from './files/import-events.ts';
export { type FileImport, importFile } from './files/import-file.ts';
export type { ImportParts } from './files/import-history.ts';
export { createManifestLookup, type ManifestLookup } from './files/import-log.ts';
export type { ImportResult, ImportSummary, RefusalCode } from './files/import-result.ts';
export type { ImportProgress } from './files/progress.ts';
export {
  type IngestRoutesParts,
  MAX_BODY_BYTES,
  registerIngestRoutes,
} from './http/register-ingest-routes.ts';
export { registerTenantRoute } from './http/register-tenant-route.ts';
export { type MapResult, type ReadMap, readMap } from './map/read-map.ts';
export {
  newestQuarantined,
  type QuarantineFilter,
  quarantinedInOrder,
  redrivenTimes,
} from './quarantine/read-quarantine.ts';
export { type RedriveResult, redriveEntries } from './quarantine/redrive-entries.ts';
export { createWaitingRelease, type WaitingRelease } from './quarantine/release-waiting.ts';
export { openRates, type RatesFile } from './rates/open-rates.ts';
export type { JudgeParts, SourceTenant } from './sources/judge-message.ts';
export { SOURCE_SYSTEMS, type SourceSystem } from './sources/source-systems.ts';
export type { ClockState, TenantClock } from './steps/advance-clock.ts';
export type { Manifest } from './steps/fold-manifest.ts';
export { type Calendar, createCalendar } from './tenants/calendar.ts';
export {
  createTenantDirectory,
  DEFAULT_SETTINGS,
  type TenantDirectory,
  type TenantView,
} from './tenants/tenant-directory.ts';
export { CLOCK_COLLECTION, CLOCK_DOCUMENT, ingestClockTopology } from './topologies/ingest-clock.ts';
export { ingestEventsTopology } from './topologies/ingest-events.ts';
export { ingestFindingsTopology } from './topologies/ingest-findings.ts';
export { IMPORT_COLLECTION, ingestImportTopology } from './topologies/ingest-import.ts';
export { ingestModelsTopology } from './topologies/ingest-models.ts';
export { ingestRedrivesTopology } from './topologies/ingest-redrives.ts';
export { ingestSourceTopology } from './topologies/ingest-source.ts';
export { ingestTransfersTopology } from './topologies/ingest-transfers.ts';
