import { roundedRatio } from '../statistics/exact.ts';
import { giniOf } from '../statistics/gini.ts';
import {
  firstPurchaseDayOf,
  lastPurchaseDayOf,
  type PaymentsState,
  transactionsOf,
} from './payments-state.ts';

/** Days in the moving window of frequency and monetary value (S27, D6); today is one of them. */
export const RFM_WINDOW_DAYS = 365;

/**
 * Raw RFM values, and how unlike the transactions are (S32): a transaction is a day with a payment. Days are epoch
 * days, so that recency and age need no new event to stay right.
 */
export interface RfmParts {
  readonly transactions: number;
  /** Repeat transactions (x in Fader, Hardie, Lee 2005). */
  readonly frequency: number;
  readonly firstPurchaseDay: number | null;
  readonly lastPurchaseDay: number | null;
  /** Transactions within the window. */
  readonly frequency365: number;
  readonly monetary365Minor: number;
  /** The greatest transaction within the window; null: there is none. */
  readonly greatest365Minor: number | null;
  /** Gini coefficient of those within it, 0 (all alike) to below 10000; null: nothing was paid. */
  readonly gini365BasisPoints: number | null;
  readonly paidMinor: number;
}

/** Raw RFM values of a customer on the epoch day `today`. */
export function rfmPartsOf(payments: PaymentsState, today: number): RfmParts {
  const transactions = transactionsOf(payments);
  const amounts: number[] = [];
  for (const [day, , amountMinor] of payments.tiles) {
    if (day > today - RFM_WINDOW_DAYS) amounts.push(amountMinor);
  }
  return {
    transactions,
    frequency: Math.max(0, transactions - 1),
    firstPurchaseDay: firstPurchaseDayOf(payments),
    lastPurchaseDay: lastPurchaseDayOf(payments),
    frequency365: amounts.length,
    monetary365Minor: amounts.reduce((sum, amount) => sum + amount, 0),
    greatest365Minor: amounts.length === 0 ? null : Math.max(...amounts),
    gini365BasisPoints: giniOf(amounts),
    paidMinor: payments.paidMinor,
  };
}

/** First day after `today` on which a purchase leaves the window; null when there is none in it. */
export function nextRfmDay(payments: PaymentsState, today: number): number | null {
  const oldest = payments.tiles.find(([day]) => day > today - RFM_WINDOW_DAYS);
  return oldest === undefined ? null : oldest[0] + RFM_WINDOW_DAYS;
}

/** Mean transaction within the window, minor units (S32); null: there is none. */
export function meanTransactionOf({
  frequency365,
  monetary365Minor,
}: Pick<RfmParts, 'frequency365' | 'monetary365Minor'>): number | null {
  return frequency365 === 0 ? null : roundedRatio(BigInt(monetary365Minor), BigInt(frequency365));
}
