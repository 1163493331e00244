import { readFileSync } from 'node:fs';
import {
  type CustomerEvent,
  type CustomerEventsRecord,
  type ImportRecord,
  NO_RATES,
  type QuarantineRecord,
} from '@bellwether/events';
import { createRunner, drain, type Runner } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import type { ImportParts } from '../files/import-history.ts';
import { createManifestLookup } from '../files/import-log.ts';
import { type ReadMap, readMap } from '../map/read-map.ts';
import { createCalendar } from '../tenants/calendar.ts';
import { createTenantDirectory } from '../tenants/tenant-directory.ts';
import { ingestClockTopology } from '../topologies/ingest-clock.ts';
import { ingestEventsTopology } from '../topologies/ingest-events.ts';
import { ingestImportTopology } from '../topologies/ingest-import.ts';
import { statesOf } from './states-of.fixture.ts';

/** 2026-01-05T12:00:00Z, when the tests take place. */
export const NOW_MS = Date.UTC(2026, 0, 5, 12);

const EXAMPLES = new URL('../../../../examples/', import.meta.url);

/** Path of a file of the example data. */
export function examplePath(name: string): string {
  return new URL(name, EXAMPLES).pathname;
}

/** One of the example maps; the test fails where it has a fault. */
export function exampleMap(name: 'cdnow' | 'usaspending'): ReadMap {
  return mapOf(readFileSync(examplePath(`${name}/map.yaml`), 'utf8'));
}

export function mapOf(yaml: string): ReadMap {
  const result = readMap(yaml);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

/** All of ingest on a log and a store in memory. */
export function openIngest(log = new MemoryLog(), store = new MemoryStore()) {
  const calendar = createCalendar();
  const tenants = createTenantDirectory({ readModels: statesOf(store), log });
  const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };
  const run = { log, store, clock };
  const runners: Runner[] = [
    createRunner({ topology: ingestEventsTopology('ingest-http', (tenant) => gate(tenant)), ...run }),
    createRunner({ topology: ingestEventsTopology('ingest-board', (tenant) => gate(tenant)), ...run }),
    createRunner({ topology: ingestImportTopology(1), ...run }),
    createRunner({ topology: ingestClockTopology({ calendar, partitions: 1 }), ...run }),
  ];
  const gate = (tenant: string) => {
    const view = tenants.peek(tenant);
    return view && { clock: view.settings.clock, day: view.day };
  };
  const parts: ImportParts = {
    log,
    calendar,
    rates: NO_RATES,
    tenants,
    manifests: createManifestLookup(statesOf(store)),
    now: () => NOW_MS,
  };
  const values = <T>(topic: string) => log.topic(topic).map(({ value }) => value as T);
  return {
    ...{ log, store, calendar, tenants, parts },
    drain: () => drain(runners),
    history: () => values<ImportRecord>('source-import'),
    customerEvents: () => values<CustomerEventsRecord>('customer-events'),
    events: () =>
      values<CustomerEventsRecord>('customer-events').filter(
        (one): one is CustomerEvent => one.kind === 'event',
      ),
    quarantine: () => values<QuarantineRecord>('ingest-quarantine'),
  };
}
