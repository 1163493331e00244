import { isFirstOfMonth } from '@bellwether/events';
import { type ChurnFindings, judgeChurn } from '../churn/judge-churn.ts';
import { fitPredictive, type PredictiveFit } from '../predictive/fit-predictive.ts';
import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { breakpointsOf } from '../quantiles/breakpoints-of.ts';
import { judgeRevenue, type RevenueFindings } from '../value/judge-revenue.ts';
import type { CensusRow } from './census-row.ts';

/** What the tenant's own past says of the models that its customers are told by. Plain JSON. */
export interface JudgedModels {
  /** Absent: no outcome is known yet (N11). */
  readonly churn?: ChurnFindings;
  /** Absent: nothing was decided nor predicted yet (D24). */
  readonly revenue?: RevenueFindings;
}

/** What single customers are compared with, and predicted by, until the next census (D6, N10). Plain JSON. */
export interface PortfolioFindings extends JudgedModels {
  readonly breakpoints: Breakpoints;
  readonly predictive: PredictiveFit;
}

/** What a census follows on. */
export interface CensusCourse {
  readonly previous: PortfolioFindings | null;
  /** The day belongs to an import. */
  readonly historical: boolean;
}

/**
 * Counts the customers of a tenant as an epoch day begins: ranks anew each time, models as a month begins, where there
 * are none yet, and in history, which is counted only as months end and when it ends itself. The order of the rows does
 * not matter.
 */
export function countPortfolio(
  rows: readonly CensusRow[],
  day: number,
  { previous, historical }: CensusCourse,
): PortfolioFindings {
  const isRefitted = previous === null || historical || isFirstOfMonth(day);
  const churn = isRefitted ? judgeChurn(outcomesOf(rows), day, previous?.churn) : previous.churn;
  const revenue = isRefitted ? judgeRevenue(rows, day) : previous.revenue;
  return {
    breakpoints: breakpointsOf(rows, day),
    predictive: isRefitted ? fitPredictive(rows.map(predictiveRowOf), day) : previous.predictive,
    ...(churn === undefined ? {} : { churn }),
    ...(revenue === undefined ? {} : { revenue }),
  };
}

function outcomesOf(rows: readonly CensusRow[]) {
  return rows.flatMap(({ outcomes = [] }) => outcomes);
}

function predictiveRowOf(row: CensusRow) {
  return {
    purchases: {
      transactions: row.otherTransactions,
      firstPurchaseDay: row.firstOtherPurchaseDay,
      lastPurchaseDay: row.lastOtherPurchaseDay,
      repeatPaidMinor: row.repeatPaidMinor,
    },
    agreements: row.agreements,
  };
}
