/**
 * An attribute by last writer wins on (time, sequence, event id): the same in any order of arrival (design section 2).
 * `sequence` is -1 where the source has none.
 */
export interface Written<Value> {
  readonly value: Value;
  readonly day: number;
  readonly timeMs: number;
  readonly sequence: number;
  readonly eventId: string;
}

interface Writer {
  readonly time: number;
  readonly day: number;
  readonly sequence?: number;
  readonly id: string;
}

/** What an event says of an attribute. */
export function writtenBy<Value>(event: Writer, value: Value): Written<Value> {
  return { value, day: event.day, timeMs: event.time, sequence: event.sequence ?? -1, eventId: event.id };
}

/** The later of two writings; `current` (the same reference) when the other is not later. */
export function laterOf<Value extends string | number | boolean>(
  current: Written<Value> | null,
  other: Written<Value> | null | undefined,
): Written<Value> | null {
  if (other == null) return current;
  return current === null || isLater(other, current) ? other : current;
}

/** Two sources may use one event id at one instant: then the greater value wins, so that there is always one answer. */
export function isLater<Value extends string | number | boolean>(
  a: Written<Value>,
  b: Written<Value>,
): boolean {
  if (a.timeMs !== b.timeMs) return a.timeMs > b.timeMs;
  if (a.sequence !== b.sequence) return a.sequence > b.sequence;
  if (a.eventId !== b.eventId) return a.eventId > b.eventId;
  return a.value > b.value;
}
