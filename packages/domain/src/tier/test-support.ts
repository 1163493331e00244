import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { breakpointsOf } from '../quantiles/breakpoints-of.ts';
import { rowOf, upTo } from '../quantiles/test-support.ts';
import type { TierInput } from './tier-of.ts';

/** For tests only: 2024-05-01. */
export const DAY = 19_844;

/**
 * For tests only: breakpoints of a thousand customers worth 1 to 1,000 dollars and predicted to bring as much: Silver
 * begins at 751, Gold at 976, Platinum at 996; T1 at 751, T2 at 501, T3 at 251.
 */
export function thousandCustomers(day = DAY): Breakpoints {
  return breakpointsOf(
    upTo(1_000).map((n) => rowOf({ ltvMinor: n * 100, predictedRevenueMinor: n * 100 })),
    day,
  );
}

/** For tests only: a healthy Gold customer of whom everything is known. */
export function inputOf(known: Partial<TierInput> = {}): TierInput {
  return {
    crmTier: null,
    sizeBand: null,
    employees: 300,
    ltvMinor: 980_00,
    predictedRevenueMinor: 600_00,
    complexityBand: 'low',
    health: { valueHundredths: 6_000, atRisk: false },
    churnBand: 'medium',
    spoilt: [],
    ...known,
  };
}
