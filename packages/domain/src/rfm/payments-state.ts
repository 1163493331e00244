/**
 * One day on which the customer paid: epoch day, number of payments, their sum in minor units, and how many of them
 * were under no agreement.
 */
export type PaymentTile = readonly [day: number, count: number, amountMinor: number, otherCount: number];

/** Day tiles reach back this many days from the tenant's date (design section 2). */
export const TILE_HORIZON_DAYS = 400;

/**
 * Most that one customer may pay in a lifetime: together with 2,000 agreements of the greatest value it stays an exact
 * integer.
 */
export const MAX_PAID_MINOR = 1_000_000_000_000_000;

/**
 * What is kept of a customer's payments. Every purchase day is known for ever (so that a late payment of a known day is
 * never a second transaction); amounts by day only within the horizon; sums for life.
 */
export interface PaymentsState {
  readonly paidMinor: number;
  /** The part of `paidMinor` that was not paid under an agreement. */
  readonly otherPaidMinor: number;
  /** Purchase days older than the tiles, sorted. */
  readonly olderDays: readonly number[];
  /** Those of the older days on which all was paid under agreements, sorted. */
  readonly olderAgreementDays: readonly number[];
  /** First day of a payment under no agreement, and what was paid so on it; null: there is none (N10). */
  readonly firstOther: FirstOther | null;
  /** Sorted by day. */
  readonly tiles: readonly PaymentTile[];
}

export type FirstOther = readonly [day: number, amountMinor: number];

/** A customer who never paid. */
export function initialPayments(): PaymentsState {
  return {
    paidMinor: 0,
    otherPaidMinor: 0,
    olderDays: [],
    olderAgreementDays: [],
    firstOther: null,
    tiles: [],
  };
}

/** Number of transactions: distinct purchase days (same-day purchases are one; Fader, Hardie, Lee 2005). */
export function transactionsOf(payments: PaymentsState): number {
  return payments.olderDays.length + payments.tiles.length;
}

/** Epoch day of the first purchase ever; null: none. */
export function firstPurchaseDayOf(payments: PaymentsState): number | null {
  return payments.olderDays[0] ?? payments.tiles[0]?.[0] ?? null;
}

/** Epoch day of the latest purchase; null: none. */
export function lastPurchaseDayOf(payments: PaymentsState): number | null {
  return payments.tiles.at(-1)?.[0] ?? payments.olderDays.at(-1) ?? null;
}

/** Purchases under no agreement, as models of buying see them (N10): a day with purchases is one transaction. */
export interface OtherPurchases {
  readonly transactions: number;
  readonly firstPurchaseDay: number | null;
  readonly lastPurchaseDay: number | null;
  /** What was paid on all those days but the first, minor units. */
  readonly repeatPaidMinor: number;
}

/** The purchases under no agreement. */
export function otherPurchasesOf(payments: PaymentsState): OtherPurchases {
  const { firstOther, otherPaidMinor, olderDays, olderAgreementDays, tiles } = payments;
  const older = olderDays.filter((day) => !olderAgreementDays.includes(day));
  const recent = tiles.filter(([, , , otherCount]) => otherCount > 0);
  return {
    transactions: older.length + recent.length,
    firstPurchaseDay: firstOther === null ? null : firstOther[0],
    lastPurchaseDay: recent.at(-1)?.[0] ?? older.at(-1) ?? null,
    repeatPaidMinor: otherPaidMinor - (firstOther === null ? 0 : firstOther[1]),
  };
}
