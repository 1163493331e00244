import { DAY_MS } from '@bellwether/events';

/** Months since January 1970 of an epoch day: months as they are kept and counted. */
export function epochMonthOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth();
}

/** Calendar month `YYYY-MM` of an epoch month. */
export function monthNamed(epochMonth: number): string {
  const years = Math.floor(epochMonth / 12);
  return `${String(1970 + years).padStart(4, '0')}-${String(epochMonth - 12 * years + 1).padStart(2, '0')}`;
}

/** Epoch month of a calendar month `YYYY-MM`. */
export function epochMonthNamed(month: string): number {
  return 12 * (Number(month.slice(0, 4)) - 1970) + Number(month.slice(5)) - 1;
}

/** Calendar month `YYYY-MM` of an epoch day. */
export function monthOf(day: number): string {
  return monthNamed(epochMonthOf(day));
}

/** The month `count` months later, or earlier where that is negative. */
export function addMonths(month: string, count: number): string {
  return monthNamed(epochMonthNamed(month) + count);
}

/** Calendar quarter of a month, such as `2024-Q3`. */
export function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}
