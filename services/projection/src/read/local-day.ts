import { parseDate } from '@bellwether/events';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Epoch day of an instant (epoch ms) in a time zone; zones that do not exist count as UTC. */
export function localDay(timeMs: number, timeZone: string): number {
  return parseDate(formatterOf(timeZone).format(timeMs)) ?? Math.floor(timeMs / 86_400_000);
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
