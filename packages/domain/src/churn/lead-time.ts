import { ONE } from './logistic.ts';

/** A customer's year: when it was warned of first, and when it ended; epoch days, null: neither, or not. */
export interface WarnedYear {
  readonly warnedDay: number | null;
  readonly endedDay: number | null;
}

/** How early those who ended were seen coming, and how often a warning was right (N11). */
export interface LeadTime {
  /** Years of customers that were looked at, and those of them that came to an end. */
  readonly count: number;
  readonly endedCount: number;
  /** Years with a warning before their end ... */
  readonly warnedCount: number;
  /** ... that came to an end ... */
  readonly foundCount: number;
  /** ... 90 and 180 days later or more: what leaves time to act before a renewal. */
  readonly found90Count: number;
  readonly found180Count: number;
  /** Years with a warning in which the customer stayed. */
  readonly falseAlarmCount: number;
  /** Days from the warning to the end of the middle one of those found, of two the shorter; null: none was. */
  readonly medianDays: number | null;
  /** Found of those that ended; null: none did. */
  readonly foundBasisPoints: number | null;
  /** Found of those with a warning; null: there was none. What warnings by lot come to is ended of all. */
  readonly precisionBasisPoints: number | null;
}

/** How long before the end the warnings came, and how many were none. A warning on the day of the end is too late. */
export function leadTimeOf(years: readonly WarnedYear[]): LeadTime {
  const ended = years.filter(({ endedDay }) => endedDay !== null).length;
  const leads = years
    .flatMap(({ warnedDay, endedDay }) =>
      warnedDay === null || endedDay === null ? [] : [endedDay - warnedDay],
    )
    .filter((lead) => lead > 0)
    .sort((a, b) => a - b);
  const falseAlarms = years.filter(
    ({ warnedDay, endedDay }) => warnedDay !== null && endedDay === null,
  ).length;
  const found = leads.length;
  return {
    count: years.length,
    endedCount: ended,
    warnedCount: found + falseAlarms,
    foundCount: found,
    found90Count: leads.filter((lead) => lead >= 90).length,
    found180Count: leads.filter((lead) => lead >= 180).length,
    falseAlarmCount: falseAlarms,
    medianDays: leads[Math.floor((found - 1) / 2)] ?? null,
    foundBasisPoints: shareOf(found, ended),
    precisionBasisPoints: shareOf(found, found + falseAlarms),
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((ONE * part) / whole);
}
