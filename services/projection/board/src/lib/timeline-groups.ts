import type { TimelineEntry } from '../../../src/api/schemas.ts';

export type EventEntry = Extract<TimelineEntry, { kind: 'event' }>;
export type ChangeEntry = Extract<TimelineEntry, { kind: 'change' }>;

/** What came in and what it changed. Without an event: caused by time, or by an event that is not loaded. */
export interface TimelineGroup {
  readonly key: string;
  readonly at: string;
  readonly event: EventEntry | null;
  readonly changes: readonly ChangeEntry[];
}

/** `agreement` of `agreement.amended`, `health` of `score.health.changed`: what the timeline is filtered by. */
export function topicOf(entry: TimelineEntry): string {
  const parts = entry.type.split('.');
  return (parts[0] === 'score' ? parts[1] : parts[0]) ?? entry.type;
}

/** Entries in their order (newest first) with each change beside the event that caused it, where that is loaded. */
export function groupTimeline(entries: readonly TimelineEntry[]): TimelineGroup[] {
  const events = new Map<string, EventEntry>();
  for (const entry of entries) if (entry.kind === 'event') events.set(entry.eventId, entry);
  const groups = new Map<string, { at: string; event: EventEntry | null; changes: ChangeEntry[] }>();
  for (const entry of entries) {
    const cause = entry.kind === 'event' ? entry.eventId : entry.causedBy.find((id) => events.has(id));
    const key = cause ?? `change-${entry.kind === 'change' ? entry.sequence : ''}`;
    const event = cause === undefined ? null : (events.get(cause) ?? null);
    const group = groups.get(key) ?? { at: event?.at ?? entry.at, event, changes: [] };
    if (entry.kind === 'change') group.changes.push(entry);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}
