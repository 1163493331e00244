import type { EntryRow, ReadModels } from '@bellwether/stream';
import type { TimelineEntry } from '../api/schemas.ts';
import { ENTRIES } from '../collections.ts';
import type { ChangeEntry } from '../steps/make-change-entries.ts';
import type { EventEntry } from '../steps/make-event-entry.ts';
import { presentChanges, presentEvent } from '../steps/present-timeline.ts';

interface Position {
  readonly order: number;
  readonly id: string;
}
/** One event, or all changes of one record; a page never cuts through it. */
export interface TimelineRow extends Position {
  readonly entries: readonly TimelineEntry[];
}

/** The newest `limit` events and change records of a customer before a position, by the time they hold for. */
export async function readTimeline(
  readModels: ReadModels,
  key: string,
  options: { readonly limit: number; readonly before?: Position },
): Promise<TimelineRow[]> {
  const events = await readModels.entries<EventEntry>(ENTRIES.events, key, options);
  const changes = await readModels.entries<ChangeEntry>(ENTRIES.changes, key, options);
  const rows = [
    ...events.map((row) => rowOf(row, [presentEvent(row.value)])),
    ...changes.map((row) => rowOf(row, presentChanges(row.value))),
  ];
  return rows.sort(newestFirst).slice(0, options.limit);
}

function rowOf({ order, id }: EntryRow, entries: readonly TimelineEntry[]): TimelineRow {
  return { order, id, entries };
}

function newestFirst(a: Position, b: Position): number {
  if (a.order !== b.order) return b.order - a.order;
  return a.id < b.id ? 1 : -1;
}
