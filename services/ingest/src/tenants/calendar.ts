import { DAY_MS, formatDay } from '@bellwether/events';
import { DateTime, IANAZone } from 'luxon';

/** Local days of IANA time zones. An epoch day names the calendar date; it starts at local midnight. */
export interface Calendar {
  /** Epoch day of an instant (epoch ms) in `timeZone`. */
  dayOf(timeZone: string, timeMs: number): number;
  /** First instant (epoch ms) of an epoch day in `timeZone`. */
  startOf(timeZone: string, day: number): number;
}

/** Days remembered per zone; a hundred years of them. */
const REMEMBERED_DAYS = 36_525;

export function isTimeZone(text: string): boolean {
  return IANAZone.isValidZone(text);
}

/** Asks luxon once for each zone and day and remembers the border, because a zoned day start costs 59 microseconds. */
export function createCalendar(): Calendar {
  const zones = new Map<string, Map<number, number>>();

  function startOf(timeZone: string, day: number): number {
    let borders = zones.get(timeZone);
    if (!borders || borders.size > REMEMBERED_DAYS) {
      borders = new Map();
      zones.set(timeZone, borders);
    }
    const known = borders.get(day);
    if (known !== undefined) return known;
    const start = zonedStart(timeZone, day);
    borders.set(day, start);
    return start;
  }

  function dayOf(timeZone: string, timeMs: number): number {
    let day = Math.floor(timeMs / DAY_MS);
    if (timeZone === 'UTC') return day;
    while (timeMs < startOf(timeZone, day)) day -= 1;
    while (timeMs >= startOf(timeZone, day + 1)) day += 1;
    return day;
  }

  return { dayOf, startOf: (timeZone, day) => (timeZone === 'UTC' ? day * DAY_MS : startOf(timeZone, day)) };
}

/** luxon moves a midnight that a clock change skipped to the first instant after it, which is where that day starts. */
function zonedStart(timeZone: string, day: number): number {
  const start = DateTime.fromISO(formatDay(day), { zone: timeZone }).startOf('day');
  if (!start.isValid) throw new RangeError(`no such time zone: ${timeZone}`);
  return start.toMillis();
}
