/** Strict calendar and RFC 3339 parsing: 2023-02-30 is an error, not 2 March. No time-zone data is needed here. */

export const DAY_MS = 86_400_000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** Epoch day of a `YYYY-MM-DD` date, or undefined where no such day exists. */
export function parseDate(text: string): number | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  if (year < 1900 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return ms / DAY_MS;
}

/** Epoch milliseconds of an RFC 3339 date-time (fractions beyond milliseconds are cut), or undefined. */
export function parseInstant(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const day = parseDate(match[1] ?? '');
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4])];
  if (day === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const fractionMs = match[5] ? Math.floor(Number(match[5]) * 1000) : 0;
  let offsetMinutes = 0;
  if (match[6]) {
    const [offsetHour, offsetMinute] = [Number(match[7]), Number(match[8])];
    if (offsetHour > 23 || offsetMinute > 59) return undefined;
    offsetMinutes = (offsetHour * 60 + offsetMinute) * (match[6] === '-' ? -1 : 1);
  }
  return day * DAY_MS + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 + fractionMs;
}

/** `YYYY-MM-DD` of an epoch day. */
export function formatDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** True for the first epoch day of a month. */
export function isFirstOfMonth(day: number): boolean {
  return formatDay(day).endsWith('-01');
}
