const DAY_MS = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Epoch day of a `YYYY-MM-DD` date. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

/** `YYYY-MM-DD` of an epoch day. */
export function dayText(epochDay: number): string {
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 10);
}

/** `4 May 2026` of a `YYYY-MM-DD` date (or of the date part of an instant). */
export function longDay(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  return `${date} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

const A_DAY = /(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])/g;

/** A sentence of the server with dates as people write them and one form of percent, neither broken over two lines. */
export function asProse(text: string): string {
  const written = (day: string) =>
    Number.isNaN(Date.parse(day)) ? day : longDay(day).replaceAll(' ', '\u00a0');
  return text.replace(A_DAY, written).replace(/(\d) ?%/g, '$1\u00a0%');
}

/** `4 May`, with the year only where it is not `yearOf`'s. */
export function shortDay(day: string, yearOf: string): string {
  const long = longDay(day);
  return day.slice(0, 4) === yearOf.slice(0, 4) ? long.slice(0, -5) : long;
}

/** `May 2026` of a `YYYY-MM` month. */
export function monthText(month: string): string {
  return `${MONTHS[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are costly to make, and a long list needs thousands. */
function formatFor(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${options.timeZone} ${options.hour ?? ''}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}

/** Exact instant in the given time zone, for hover and screen readers. */
export function exactInstant(instant: string | number, timeZone: string): string {
  const [day, time] = [
    { day: 'numeric', month: 'short', year: 'numeric' },
    { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
  ] as const;
  return formatFor('en-GB', { ...day, ...time, timeZone }).format(new Date(instant));
}

/** Calendar day of an instant in the given time zone, `YYYY-MM-DD`. */
export function dayOf(instant: string | number, timeZone: string): string {
  return formatFor('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(instant));
}

const DAY_STEPS: readonly (readonly [number, number, string])[] = [
  [14, 1, 'd'],
  [70, 7, 'wk'],
  [700, 30.44, 'mo'],
  [Number.POSITIVE_INFINITY, 365.25, 'y'],
];

/** `today`, `in 12 d`, `3 wk ago`: a day as seen from another. */
export function relativeDay(day: string, today: string): string {
  const distance = dayNumber(day) - dayNumber(today);
  if (distance === 0) return 'today';
  const size = Math.abs(distance);
  const step = DAY_STEPS.find(([limit]) => size < limit) ?? [0, 365.25, 'y'];
  const amount = `${Math.round(size / step[1])} ${step[2]}`;
  return distance > 0 ? `in ${amount}` : `${amount} ago`;
}

/** `just now`, `4 min ago`, `3 h ago`, then days: an instant as seen from `nowMs`. */
export function relativeInstant(instant: string | number, nowMs: number): string {
  const ms = nowMs - new Date(instant).getTime();
  const size = Math.abs(ms);
  if (size < 45_000) return 'just now';
  const [amount, unit] =
    size < 3_570_000
      ? [size / 60_000, 'min']
      : size < DAY_MS
        ? [size / 3_600_000, 'h']
        : [size / DAY_MS, 'd'];
  if (unit === 'd')
    return relativeDay(dayText(Math.floor((nowMs - ms) / DAY_MS)), dayText(Math.floor(nowMs / DAY_MS)));
  return ms >= 0 ? `${Math.round(amount)} ${unit} ago` : `in ${Math.round(amount)} ${unit}`;
}
