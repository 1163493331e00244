import type { CustomerEvent, EventType } from '@bellwether/events';

/** Events by one identity, (source, id), once each: the first that arrived. */
export function distinctEvents(events: readonly CustomerEvent[]): readonly CustomerEvent[] {
  const seen = new Set<string>();
  return events.filter(({ source, id }) => {
    const identity = JSON.stringify([source, id]);
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

type EventOf<T extends EventType> = Extract<CustomerEvent, { readonly type: T }>;

/** The events of some types. */
export function ofTypes<T extends EventType>(
  events: readonly CustomerEvent[],
  ...types: readonly T[]
): readonly EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => types.some((type) => type === event.type));
}

/** Events by an id in their data. */
export function groupedBy<Event>(
  events: readonly Event[],
  idOf: (event: Event) => string,
): ReadonlyMap<string, readonly Event[]> {
  const groups = new Map<string, Event[]>();
  for (const event of events) groups.set(idOf(event), [...(groups.get(idOf(event)) ?? []), event]);
  return groups;
}

/** Epoch day of a `YYYY-MM-DD` date that exists. */
export function epochDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

/** The greatest of some days; null: none. */
export function latest(days: readonly number[]): number | null {
  return days.length === 0 ? null : Math.max(...days);
}

/** The least of some days; null: none. */
export function earliest(days: readonly number[]): number | null {
  return days.length === 0 ? null : Math.min(...days);
}

/** The sum of some whole numbers. */
export function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

/** In order of (time, sequence, id): a statement of a source without sequences comes before one with them. */
export function inOrderOfWriting<Event extends CustomerEvent>(events: readonly Event[]): readonly Event[] {
  return [...events].sort((a, b) => {
    if (a.time !== b.time) return a.time - b.time;
    if (a.sequence !== b.sequence) return (a.sequence ?? -1) - (b.sequence ?? -1);
    return a.id < b.id ? -1 : 1;
  });
}
