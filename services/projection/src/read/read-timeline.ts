import type { EntryRow, ReadModels } from '@bellwether/stream';
import type { TimelineEntry } from '../api/schemas.ts';
import { ENTRIES } from '../collections.ts';
import type { ChangeEntry } from '../steps/make-change-entries.ts';
import type { EventEntry } from '../steps/make-event-entry.ts';
import { presentChanges, presentEvent } from '../steps/present-timeline.ts';

/** Within one instant events (0) come before the changes (1) that they cause. */
export type TimelineRank = 0 | 1;

/** A place in a timeline, unique in it: instant, rank, and the entry's id, which grows with the sequence of changes. */
export interface TimelinePlace {
  readonly order: number;
  readonly rank: TimelineRank;
  readonly id: string;
}
/** One event, or all changes of one record; a page never cuts through it. */
export interface TimelineRow extends TimelinePlace {
  readonly entries: readonly TimelineEntry[];
}

/** The newest `limit` events and change records of a customer before a place, by the time they hold for. */
export async function readTimeline(
  readModels: ReadModels,
  key: string,
  options: { readonly limit: number; readonly before?: TimelinePlace },
): Promise<TimelineRow[]> {
  const { limit, before } = options;
  const read = <Value>(collection: string, rank: TimelineRank) =>
    readModels.entries<Value>(collection, key, {
      limit,
      ...(before ? { before: startOf(before, rank) } : {}),
    });
  const events = await read<EventEntry>(ENTRIES.events, 0);
  const changes = await read<ChangeEntry>(ENTRIES.changes, 1);
  const rows = [
    ...events.map((row) => rowOf(row, 0, [presentEvent(row.value)])),
    ...changes.map((row) => rowOf(row, 1, presentChanges(row.value))),
  ];
  return rows.sort(newestFirst).slice(0, limit);
}

/** Where the entries of one rank go on before a place: no id is smaller than an empty one. */
function startOf(before: TimelinePlace, rank: TimelineRank): Pick<TimelinePlace, 'order' | 'id'> {
  if (rank === before.rank) return { order: before.order, id: before.id };
  return { order: rank < before.rank ? before.order + 1 : before.order, id: '' };
}

function rowOf({ order, id }: EntryRow, rank: TimelineRank, entries: readonly TimelineEntry[]): TimelineRow {
  return { order, rank, id, entries };
}

function newestFirst(a: TimelinePlace, b: TimelinePlace): number {
  if (a.order !== b.order) return b.order - a.order;
  if (a.rank !== b.rank) return b.rank - a.rank;
  return a.id < b.id ? 1 : -1;
}
