import type { DocumentIndex, PendingEntry, StoredDocument } from '@bellwether/stream';

/** Columns of a document's table, in this order wherever rows are read or written. */
export const COLUMNS =
  'id, partition, write_version, applied_offset, pending, grp, slot, due_day, context_version, rank, state';

/** A row of a document's table. */
export type DocumentRow = readonly [
  id: string,
  partition: number,
  writeVersion: number,
  appliedOffset: number,
  pending: string,
  group: string | null,
  slot: number | null,
  dueDay: number | null,
  contextVersion: number | null,
  rank: number | null,
  state: string,
];

/** The columns of `DocumentIndex`; null where nothing was given. */
export type IndexColumns = readonly [
  group: string | null,
  slot: number | null,
  dueDay: number | null,
  contextVersion: number | null,
  rank: number | null,
];

/** What a document is found by, as its columns hold it. */
export function indexColumns(index: DocumentIndex): IndexColumns {
  return [
    index.group ?? null,
    index.slot ?? null,
    index.dueDay ?? null,
    index.contextVersion ?? null,
    index.rank ?? null,
  ];
}

/** True when a document can be found by the same conditions as before, so that no index has to be touched. */
export function sameIndex(a: StoredDocument, b: StoredDocument): boolean {
  const before = indexColumns(a.index);
  return (
    a.partition === b.partition && indexColumns(b.index).every((value, column) => value === before[column])
  );
}

/** A column that is empty was not given (a `dueDay` of null and none at all mean the same). */
function indexOf(row: DocumentRow): DocumentIndex {
  const [, , , , , group, slot, dueDay, contextVersion, rank] = row;
  return {
    ...(group === null ? {} : { group }),
    ...(slot === null ? {} : { slot }),
    ...(dueDay === null ? {} : { dueDay }),
    ...(contextVersion === null ? {} : { contextVersion }),
    ...(rank === null ? {} : { rank }),
  };
}

/** The document in a row, its JSON parsed. */
export function documentOf(row: DocumentRow): StoredDocument {
  const [id, partition, writeVersion, appliedOffset, pending, , , , , , state] = row;
  return {
    id,
    partition,
    writeVersion,
    appliedOffset,
    pending: pending === '[]' ? [] : (JSON.parse(pending) as PendingEntry[]),
    index: indexOf(row),
    state: JSON.parse(state),
  };
}
