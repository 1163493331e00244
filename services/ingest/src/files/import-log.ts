import type { ImportBegin, ImportRecord } from '@bellwether/events';
import type { Log, ReadModels } from '@bellwether/stream';
import type { Manifest } from '../steps/fold-manifest.ts';
import { IMPORT_COLLECTION } from '../topologies/ingest-import.ts';

/** Finds what is known of an import by its id. */
export interface ManifestLookup {
  get(importId: string): Promise<Manifest | undefined>;
}

/** Reads the heads of the `ingest-import` topology. */
export function createManifestLookup(readModels: Pick<ReadModels, 'get'>): ManifestLookup {
  return {
    get: (importId) => readModels.get<Manifest>(`${IMPORT_COLLECTION}-heads`, `p0/${importId}`),
  };
}

/** Where an import that was begun before stands in the log. */
export interface BegunImport {
  readonly lastOrdinal: number;
  readonly startedAt: number;
  readonly ended: boolean;
  readonly mapVersion: string;
  readonly until: number | null;
}

const WINDOW = 2_000;
const TOPIC = 'source-import';

/**
 * The last record of an import in the log. The manifest only says how far the log was followed; asking the log itself
 * means that nothing is appended twice when an import is continued.
 */
export async function findBegun(
  log: Pick<Log, 'read' | 'endOffset'>,
  importId: string,
  manifest: Manifest | undefined,
): Promise<BegunImport | undefined> {
  let last: ImportRecord | undefined;
  let begin: ImportBegin | undefined;
  for (let to = await log.endOffset(TOPIC, 0); to > 0; to -= WINDOW) {
    for (const record of await readRange(log, Math.max(0, to - WINDOW), to)) {
      if (record.importId !== importId) continue;
      if (!last || record.ordinal > last.ordinal) last = record;
      if (record.kind === 'import-begin') begin = record;
    }
    if (last && (begin || manifest)) break;
  }
  const origin = begin ?? (manifest && { ...manifest, at: manifest.startedAt });
  if (!last || !origin) return undefined;
  const { mapVersion, until, at } = origin;
  return { lastOrdinal: last.ordinal, startedAt: at, ended: last.kind === 'import-end', mapVersion, until };
}

async function readRange(log: Pick<Log, 'read'>, from: number, to: number): Promise<ImportRecord[]> {
  const found: ImportRecord[] = [];
  let offset = from;
  while (offset < to) {
    const records = await log.read({ topic: TOPIC, partition: 0, offset }, { limit: to - offset, waitMs: 0 });
    const last = records.at(-1);
    if (!last) break;
    for (const record of records) if (record.offset < to) found.push(record.value as ImportRecord);
    offset = last.offset + 1;
  }
  return found;
}
