import {
  firstPurchaseDayOf,
  lastPurchaseDayOf,
  type PaymentsState,
  transactionsOf,
} from './payments-state.ts';

/** Days in the moving window of frequency and monetary value (S27, D6); today is one of them. */
export const RFM_WINDOW_DAYS = 365;

/** Raw RFM values; days are epoch days, so that recency and age need no new event to stay right. */
export interface RfmParts {
  readonly transactions: number;
  /** Repeat transactions (x in Fader, Hardie, Lee 2005). */
  readonly frequency: number;
  readonly firstPurchaseDay: number | null;
  readonly lastPurchaseDay: number | null;
  /** Transactions within the window. */
  readonly frequency365: number;
  readonly monetary365Minor: number;
  readonly paidMinor: number;
}

/** Raw RFM values of a customer on the epoch day `today`. */
export function rfmPartsOf(payments: PaymentsState, today: number): RfmParts {
  const transactions = transactionsOf(payments);
  let frequency365 = 0;
  let monetary365Minor = 0;
  for (const [day, , amountMinor] of payments.tiles) {
    if (day <= today - RFM_WINDOW_DAYS) continue;
    frequency365 += 1;
    monetary365Minor += amountMinor;
  }
  return {
    transactions,
    frequency: Math.max(0, transactions - 1),
    firstPurchaseDay: firstPurchaseDayOf(payments),
    lastPurchaseDay: lastPurchaseDayOf(payments),
    frequency365,
    monetary365Minor,
    paidMinor: payments.paidMinor,
  };
}

/** First day after `today` on which a purchase leaves the window; null when there is none in it. */
export function nextRfmDay(payments: PaymentsState, today: number): number | null {
  const oldest = payments.tiles.find(([day]) => day > today - RFM_WINDOW_DAYS);
  return oldest === undefined ? null : oldest[0] + RFM_WINDOW_DAYS;
}
