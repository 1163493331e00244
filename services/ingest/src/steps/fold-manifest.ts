import type { ImportRecord } from '@bellwether/events';
import type { InputRecord } from '@bellwether/stream';

/** Head of one import: what was imported, how far the log was followed, and whether it is complete (design 3.7). */
export interface Manifest {
  readonly tenant: string;
  readonly fileName: string;
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly contentHash: string;
  readonly mapVersion: string;
  /** Last day (epoch day) that was asked for; null: all. */
  readonly until: number | null;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly lastOrdinal: number;
  readonly state: 'open' | 'done';
  /** Good rows' events and bad rows so far. */
  readonly rows: number;
  readonly badRows: number;
  /** Stretches of the log that tell ordinals again, because an import was continued before the log was followed. */
  readonly repeats: readonly Repeat[];
}
/** From this offset on, ordinals up to `throughOrdinal` stood in the log before. */
interface Repeat {
  readonly sinceOffset: number;
  readonly throughOrdinal: number;
}

export const NO_MANIFEST: Manifest = {
  tenant: '',
  fileName: '',
  contentHash: '',
  mapVersion: '',
  until: null,
  startedAt: 0,
  lastOrdinal: 0,
  state: 'open',
  rows: 0,
  badRows: 0,
  repeats: [],
};

/**
 * True for a record whose ordinal stands in the log at an earlier offset. It asks the stretches and not `lastOrdinal`,
 * so that the answer is the same when a record is processed again after a crash and the manifest is already ahead.
 */
export function isRepeated(manifest: Manifest, record: InputRecord<ImportRecord>): boolean {
  const { offset, value } = record;
  return manifest.repeats.some(
    (repeat) => offset >= repeat.sinceOffset && value.ordinal <= repeat.throughOrdinal,
  );
}

/** Folds one record of an import into its manifest. */
export function foldManifest(manifest: Manifest, input: InputRecord<ImportRecord>): Manifest {
  const record = input.value;
  if (record.ordinal <= manifest.lastOrdinal) {
    if (isRepeated(manifest, input)) return manifest;
    const repeat = { sinceOffset: input.offset, throughOrdinal: manifest.lastOrdinal };
    return { ...manifest, repeats: [...manifest.repeats, repeat] };
  }
  const next = { ...manifest, lastOrdinal: record.ordinal };
  switch (record.kind) {
    case 'import-begin': {
      const { tenant, fileName, contentHash, mapVersion, until, at } = record;
      return { ...next, tenant, fileName, contentHash, mapVersion, until, startedAt: at };
    }
    case 'import-row':
      return { ...next, rows: manifest.rows + 1 };
    case 'import-bad-row':
      return { ...next, badRows: manifest.badRows + 1 };
    case 'import-control':
      return next;
    case 'import-end':
      return { ...next, state: 'done' };
  }
}
