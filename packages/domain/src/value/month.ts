import { DAY_MS } from '@bellwether/events';

/** Epoch day on which the calendar month of `day` begins. */
export function monthStartOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS;
}

/** Epoch day on which the calendar month after that of `day` begins. */
export function nextMonthStartOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY_MS;
}
