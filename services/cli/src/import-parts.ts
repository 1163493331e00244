import { censusReader, createCalendar, type ImportParts } from '@bellwether/ingest';
import type { Engine } from './engine.ts';

/**
 * What an importer needs of an engine, with the wall clock. Unless told how to wait for a census, the engine works off
 * what was appended then: it must not be running already.
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
    rates: engine.rates,
    now: Date.now,
    ...more,
  };
}
