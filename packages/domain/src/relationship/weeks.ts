/** 1970-01-05, the first Monday. */
const MONDAY = 4;

/** Epoch day of the Monday on which the week of a day begins. */
export function weekStartOf(day: number): number {
  const sinceMonday = (day - MONDAY) % 7;
  return day - (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday);
}

/** The Monday on or after a day. */
export function firstWeekFrom(day: number): number {
  return weekStartOf(day + 6);
}
