import type { PaymentsState } from '../rfm/payments-state.ts';
import { RFM_WINDOW_DAYS } from '../rfm/rfm-parts.ts';
import { roundedRatio } from '../statistics/exact.ts';
import { giniOf } from '../statistics/gini.ts';

/** How a customer's spending is spread over its transactions of the last 365 days (S32). */
export interface TransactionSpread {
  /** Transactions: days with a payment, as RFM counts them. */
  readonly count: number;
  /** Payments on these days. */
  readonly payments: number;
  /** Null without a transaction. */
  readonly meanMinor: number | null;
  readonly maxMinor: number | null;
  /** Gini coefficient of the transactions, 0 (all alike) to below 10000; null where nothing was paid. */
  readonly giniBasisPoints: number | null;
}

/** Whether few great transactions or many small ones make up what a customer pays (S32). */
export function transactionSpreadOf({ tiles }: PaymentsState, today: number): TransactionSpread {
  const inWindow = tiles.filter(([day]) => day > today - RFM_WINDOW_DAYS);
  const amounts = inWindow.map(([, , amountMinor]) => amountMinor);
  const count = amounts.length;
  let payments = 0;
  let sumMinor = 0;
  let maxMinor = 0;
  for (const [, paid, amountMinor] of inWindow) {
    payments += paid;
    sumMinor += amountMinor;
    maxMinor = Math.max(maxMinor, amountMinor);
  }
  return {
    count,
    payments,
    meanMinor: count === 0 ? null : roundedRatio(BigInt(sumMinor), BigInt(count)),
    maxMinor: count === 0 ? null : maxMinor,
    giniBasisPoints: giniOf(amounts),
  };
}
