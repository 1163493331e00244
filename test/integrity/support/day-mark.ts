import type { CustomerEventsRecord } from '@bellwether/events';

const DAY_MS = 86_400_000;

/** The mark with which an epoch day begins, for every customer. */
export function dayMark(day: number): CustomerEventsRecord {
  const startsAt = day * DAY_MS;
  const range = { slotFrom: 0, slotTo: 1_023 };
  return { kind: 'day', tenant: 'acme', day, startsAt, ...range, receivedAt: startsAt, historical: false };
}
