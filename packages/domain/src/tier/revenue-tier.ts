import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { rankOf } from '../quantiles/rank-of.ts';
import type { Verdict } from './verdict.ts';

const LOWEST_FIRST = ['T4', 'T3', 'T2', 'T1'] as const;
/** Revenue tiers (S68): quarters of the customers by predicted revenue of six months, T1 the greatest. */
export type RevenueTier = (typeof LOWEST_FIRST)[number];

const PLACES: { readonly [T in RevenueTier]: string } = {
  T1: 'predicted revenue among the top 25 %',
  T2: 'predicted revenue between the 50th and the 75th percentile',
  T3: 'predicted revenue between the 25th and the 50th percentile',
  T4: 'predicted revenue among the bottom 25 %, or none',
};

const open = (code: string, text: string): Verdict<RevenueTier> => ({
  value: null,
  grounds: [{ code, text }],
});

/**
 * The revenue tier of a predicted revenue (S68, D14): nothing predicted is T4, and below four customers there is
 * none.
 */
export function revenueTierOf(
  predictedRevenueMinor: number | null,
  breakpoints: Breakpoints | null,
): Verdict<RevenueTier> {
  if (predictedRevenueMinor === null) return open('no-predicted-revenue', 'no revenue can be predicted');
  if (breakpoints === null) return open('no-breakpoints', 'the tenant has no breakpoints yet');
  const rank = rankOf(breakpoints.predictedRevenueMinor, predictedRevenueMinor);
  const value = rank === null ? undefined : LOWEST_FIRST[rank];
  if (value === undefined) return open('few-customers', 'fewer than four customers have a predicted revenue');
  return { value, grounds: [{ code: `${value.toLowerCase()}-by-revenue`, text: PLACES[value] }] };
}
