import type { JudgedObservation } from '../churn/churn-record.ts';
import type { AgreementLife } from '../predictive/renewal-counts.ts';
import type { QuantileRow } from '../quantiles/breakpoints.ts';
import type { RevenueRow } from '../value/judge-revenue.ts';

/** What a census reads of one customer: measures to be ranked by, and the lives that models are fitted to. */
export interface CensusRow extends QuantileRow, RevenueRow {
  /** Epoch day of the first purchase outside agreements; null, as the three after it: none was ever made. */
  readonly firstOtherPurchaseDay: number | null;
  readonly lastOtherPurchaseDay: number | null;
  /** Days with a purchase outside agreements. */
  readonly otherTransactions: number;
  /** What was paid outside agreements on all those days but the first, minor units. */
  readonly repeatPaidMinor: number;
  /** Agreements that can be renewed. */
  readonly agreements: readonly AgreementLife[];
  /** What came of it, year by year (N11); absent: no year is over. */
  readonly outcomes?: readonly JudgedObservation[];
}
