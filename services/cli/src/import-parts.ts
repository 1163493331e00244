import { createCalendar, type ImportParts } from '@bellwether/ingest';
import type { Engine } from './engine.ts';

/** What an importer needs of an engine, with the wall clock. */
export function importPartsOf(
  engine: Engine,
  more: Pick<ImportParts, 'signal' | 'onProgress' | 'room'>,
): ImportParts {
  return {
    log: engine.log,
    manifests: engine.manifests,
    tenants: engine.tenants,
    calendar: createCalendar(),
    now: Date.now,
    ...more,
  };
}
