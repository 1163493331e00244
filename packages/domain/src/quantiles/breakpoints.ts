/** One customer as the breakpoints see it; a measure that is not known is null and counts in no population (D20). */
export interface QuantileRow {
  /** Epoch day of the latest purchase; null, like the four measures after it: the customer never bought. */
  readonly lastPurchaseDay: number | null;
  /** Days with a purchase, of the last 365. */
  readonly frequency365: number | null;
  /** Paid within the last 365 days. */
  readonly monetary365Minor: number | null;
  /** Days with a purchase, ever. */
  readonly transactions: number | null;
  /** Paid ever. */
  readonly paidMinor: number | null;
  /** Lifetime value; null: neither an agreement nor a payment is known. */
  readonly ltvMinor: number | null;
  /** Predicted revenue of the next six months (S67). */
  readonly predictedRevenueMinor: number | null;
  /** Consistency of engagement, 0..100 (D9). */
  readonly consistencyHundredths: number | null;
  /** The group whose medians the readings count in (`enterprise`, `smb`); null: in none. */
  readonly segment: string | null;
  /** Readings of health signals, by signal, in the signal's own unit to at most two decimals. */
  readonly signals: { readonly [signal: string]: number };
}

/** Where the classes of one measure begin. */
export interface Edges {
  /** Customers of whom the measure was known. */
  readonly counted: number;
  /**
   * One edge for each class but the lowest, the second lowest first: whoever reaches an edge is in its class or a
   * higher one. Empty: too few customers for any class.
   */
  readonly edges: readonly number[];
}

/** Medians of readings by segment and signal (N17). */
export type SegmentMedians = { readonly [segment: string]: { readonly [signal: string]: number } };

/**
 * What the customers of a tenant are ranked against: frozen as of one day, so that no event of one customer moves the
 * class of another before the next breakpoints hold (D6). Plain JSON.
 */
export interface Breakpoints {
  /** Epoch day as of which they were made; it tells one set of breakpoints from another. */
  readonly day: number;
  /** Customers looked at, whatever is known of them. */
  readonly customers: number;
  /** Sum of the lifetime values that are positive, a decimal string of an exact integer in minor units (S24). */
  readonly portfolioMinor: string;
  /** Days from the last purchase to `day`: fifths; the edges descend, fewer days are better. */
  readonly recencyDays: Edges;
  /** Fifths, as are the next three. */
  readonly frequency365: Edges;
  readonly monetary365Minor: Edges;
  readonly transactions: Edges;
  readonly paidMinor: Edges;
  /** Where Silver, Gold and Platinum begin (D4). */
  readonly ltvMinor: Edges;
  /** Quarters, as are the next two. */
  readonly ltvQuartersMinor: Edges;
  readonly predictedRevenueMinor: Edges;
  readonly consistencyHundredths: Edges;
  readonly medians: SegmentMedians;
}
