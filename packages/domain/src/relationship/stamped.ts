import { compareValues } from '../ordering.ts';
/**
 * What was told of something, and by which event; of two the later by (time, sequence, event id) holds, so the order of
 * arrival does not count. As `Written`, in a third of its room. `sequence` is -1 where the source has none.
 */
export type Stamped<Value> = readonly [
  value: Value,
  day: number,
  timeMs: number,
  sequence: number,
  eventId: string,
];

/** An event as far as it stamps what it tells. */
export interface Teller {
  readonly time: number;
  readonly day: number;
  readonly sequence?: number;
  readonly id: string;
}

/** What an event tells. */
export function stampedBy<Value>(event: Teller, value: Value): Stamped<Value> {
  return [value, event.day, event.time, event.sequence ?? -1, event.id];
}

/** The later of the two; `current` (the same reference) when the other is not later. */
export function laterStamped<Value extends string | number | boolean>(
  current: Stamped<Value> | undefined,
  other: Stamped<Value>,
): Stamped<Value> {
  return current === undefined || compareStamped(other, current) > 0 ? other : current;
}

/** The later of two that may not be known. */
export function laterKnown<Value extends string | number | boolean>(
  a: Stamped<Value> | undefined,
  b: Stamped<Value> | undefined,
): Stamped<Value> | undefined {
  return b === undefined ? a : laterStamped(a, b);
}

/** Orders by (time, sequence, event id); two sources may use one id at one instant, then the greater value is later. */
export function compareStamped<Value extends string | number | boolean>(
  a: Stamped<Value>,
  b: Stamped<Value>,
): number {
  return compareStamps(a, b) || compareValues(a[0], b[0]);
}

/** As `compareStamped`, whatever was told; 0 for one and the same event. */
export function compareStamps(a: Stamped<unknown>, b: Stamped<unknown>): number {
  return a[2] - b[2] || a[3] - b[3] || compareValues(a[4], b[4]);
}
