/** A customer who ended, and since when it had stood in the band high without a break; null: it did not. */
export interface EndedCustomer {
  readonly endedDay: number;
  readonly highSinceDay: number | null;
}

/** How early those who ended were seen coming (N11). */
export interface LeadTime {
  readonly endedCount: number;
  /** Who stood in the band high before the end ... */
  readonly warnedCount: number;
  /** ... for three and for six months: what leaves time to act before a renewal. */
  readonly warned90Count: number;
  readonly warned180Count: number;
  /** Days from the warning to the end of the middle one of those warned, of two the shorter; null: none was. */
  readonly medianDays: number | null;
}

/** How long before the end the warnings came. A warning on the day of the end is none. */
export function leadTimeOf(customers: readonly EndedCustomer[]): LeadTime {
  const days = customers
    .flatMap(({ endedDay, highSinceDay }) => (highSinceDay === null ? [] : [endedDay - highSinceDay]))
    .filter((lead) => lead > 0)
    .sort((a, b) => a - b);
  return {
    endedCount: customers.length,
    warnedCount: days.length,
    warned90Count: days.filter((lead) => lead >= 90).length,
    warned180Count: days.filter((lead) => lead >= 180).length,
    medianDays: days[Math.floor((days.length - 1) / 2)] ?? null,
  };
}
