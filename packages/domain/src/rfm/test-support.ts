import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { breakpointsOf } from '../quantiles/breakpoints-of.ts';
import { rowOf, upTo } from '../quantiles/test-support.ts';
import type { RfmParts } from './rfm-parts.ts';

/** For tests only: raw values of a customer who bought once, on `lastPurchaseDay`. */
export function partsWith(known: Partial<RfmParts> & { readonly lastPurchaseDay: number }): RfmParts {
  return {
    transactions: 1,
    frequency: 0,
    firstPurchaseDay: known.lastPurchaseDay,
    frequency365: 1,
    monetary365Minor: 100,
    greatest365Minor: 100,
    gini365BasisPoints: 0,
    paidMinor: 100,
    ...known,
  };
}

/**
 * For tests only: breakpoints of a hundred customers, who bought 1 to 100 days before `day`, on 1 to 100 days, for 1 to
 * 100 dollars: score 5 is from 81 on (recency: at most 20 days), 4 from 61, 3 from 41, 2 from 21.
 */
export function hundredCustomers(day: number): Breakpoints {
  return breakpointsOf(
    upTo(100).map((n) =>
      rowOf({
        lastPurchaseDay: day - n,
        frequency365: n,
        monetary365Minor: n * 100,
        transactions: n,
        paidMinor: n * 100,
      }),
    ),
    day,
  );
}
