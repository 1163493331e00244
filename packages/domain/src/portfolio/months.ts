import { formatDay } from '@bellwether/events';

/** Calendar month `YYYY-MM` of an epoch day. */
export function monthOf(day: number): string {
  return formatDay(day).slice(0, 7);
}

/** The month `count` months later, or earlier where that is negative. */
export function addMonths(month: string, count: number): string {
  const months = monthNumber(month) + count;
  const year = Math.floor(months / 12);
  return `${String(year).padStart(4, '0')}-${String(months - 12 * year + 1).padStart(2, '0')}`;
}

/** Calendar quarter of a month, such as `2024-Q3`. */
export function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}

function monthNumber(month: string): number {
  return 12 * Number(month.slice(0, 4)) + Number(month.slice(5)) - 1;
}
