/**
 * What the state of a customer tells of the purchases outside agreements. A transaction is a day with purchases
 * (same-day purchases are one, D6); days are epoch days.
 */
export interface PurchaseHistory {
  readonly transactions: number;
  /** Null where there was no transaction. */
  readonly firstPurchaseDay: number | null;
  readonly lastPurchaseDay: number | null;
  /** What was paid on all days but the first, minor units: the paper leaves the first transaction out. */
  readonly repeatPaidMinor: number;
}

/** A customer as the models of Fader, Hardie and Lee (2005) see one. */
export interface PurchaseRecord {
  /** Repeat transactions (x). */
  readonly frequency: number;
  /** Days from the first transaction to the last (t_x). */
  readonly recencyDays: number;
  /** Days from the first transaction to today (T). */
  readonly ageDays: number;
  /** Mean spend of the repeat transactions in minor units; 0 where there was none. */
  readonly meanSpendMinor: number;
}

/** The record of a customer on the epoch day `today`; null where nothing was ever bought. */
export function purchaseRecordOf(history: PurchaseHistory, today: number): PurchaseRecord | null {
  const { transactions, firstPurchaseDay, lastPurchaseDay, repeatPaidMinor } = history;
  if (transactions < 1 || firstPurchaseDay === null || lastPurchaseDay === null) return null;
  const frequency = transactions - 1;
  const recencyDays = lastPurchaseDay - firstPurchaseDay;
  // A purchase dated ahead of today has been made all the same.
  const ageDays = Math.max(today - firstPurchaseDay, recencyDays);
  return {
    frequency,
    recencyDays,
    ageDays,
    meanSpendMinor: frequency === 0 ? 0 : repeatPaidMinor / frequency,
  };
}
