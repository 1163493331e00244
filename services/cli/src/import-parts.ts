import { censusReader, createCalendar, type ImportParts } from '@bellwether/ingest';
import type { Engine } from './engine.ts';

/**
 * What an importer needs of an engine, with the wall clock. An engine that is not running yet works off what was
 * appended whenever the importer waits for a census.
 */
export function importPartsOf(
  engine: Engine,
  more: Pick<ImportParts, 'signal' | 'onProgress' | 'room' | 'awaitCensus'>,
): ImportParts {
  const readCensus = censusReader(engine.log, more.signal);
  return {
    awaitCensus: async (tenant, day) => {
      await engine.drain();
      return readCensus(tenant, day);
    },
    log: engine.log,
    manifests: engine.manifests,
    tenants: engine.tenants,
    calendar: createCalendar(),
    now: Date.now,
    ...more,
  };
}
