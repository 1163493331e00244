import type { QuantileRow } from './breakpoints.ts';

/** For tests only: a customer of whom nothing is known but what is given. */
export function rowOf(known: Partial<QuantileRow> = {}): QuantileRow {
  return {
    lastPurchaseDay: null,
    frequency365: null,
    monetary365Minor: null,
    transactions: null,
    paidMinor: null,
    ltvMinor: null,
    predictedRevenueMinor: null,
    consistencyHundredths: null,
    segment: null,
    signals: {},
    ...known,
  };
}

/** For tests only: the whole numbers from 1 to `count`. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
