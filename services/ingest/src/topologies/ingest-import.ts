import type { ImportRecord } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { foldManifest, isRepeated, type Manifest, NO_MANIFEST } from '../steps/fold-manifest.ts';
import { type ImportOutput, spreadHistory } from '../steps/spread-history.ts';

export type ImportTopology = Topology<ImportRecord, null, Manifest, ImportOutput>;

/** Collection whose heads are the manifests, by import id; `source-import` has one partition, so they are in 0. */
export const IMPORT_COLLECTION = 'ingest-import';

/**
 * The history of importing tenants on its way to `customer-events`. The importer has put events, day marks and
 * contexts in order; a record whose ordinal was seen before (a resumed import) is a duplicate.
 * @param partitions of customer-events
 */
export function ingestImportTopology(partitions: number): ImportTopology {
  return {
    name: 'ingest-import',
    input: 'source-import',
    outputs: {
      events: 'customer-events',
      quarantine: 'ingest-quarantine',
      clock: 'clock',
      accounting: 'ingest-accounting',
    },
    collection: IMPORT_COLLECTION,
    accounting: 'accounting',
    tenantOf: (value) =>
      value.kind === 'import-row' || value.kind === 'import-bad-row' ? value.tenant : undefined,
    keyOf: () => undefined,
    headKeyOf: ({ importId }) => importId,
    initialHead: () => NO_MANIFEST,
    evolveHead: (manifest, record) => foldManifest(manifest, record),
    step: ({ record, head }) =>
      isRepeated(head, record) ? { kind: 'duplicate' } : spreadHistory(record.value, partitions),
    indexOf: () => ({}),
  };
}
