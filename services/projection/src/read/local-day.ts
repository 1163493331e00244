import { DAY_MS, parseDate } from '@bellwether/events';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Epoch day of an instant (epoch ms) in a time zone; zones that do not exist count as UTC. */
export function localDay(timeMs: number, timeZone: string): number {
  return parseDate(formatterOf(timeZone).format(timeMs)) ?? Math.floor(timeMs / DAY_MS);
}

/** Kept by zone: making one costs as much as a thousand uses. There are a few hundred zones. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = makeFormatter(timeZone);
  formatters.set(timeZone, made);
  return made;
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { ...parts, timeZone });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new Intl.DateTimeFormat('en-CA', { ...parts, timeZone: 'UTC' });
  }
}

/** Farther from UTC than any zone is. */
const FARTHEST_MS = 16 * 3_600_000;

/** The first instant (epoch ms) of an epoch day in a time zone; zones that do not exist count as UTC. */
export function startOfLocalDay(day: number, timeZone: string): number {
  let before = day * DAY_MS - FARTHEST_MS;
  let from = day * DAY_MS + FARTHEST_MS;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (localDay(middle, timeZone) >= day) from = middle;
    else before = middle;
  }
  return from;
}
