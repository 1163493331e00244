import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { rankOf } from '../quantiles/rank-of.ts';
import type { Consistency } from './consistency-of.ts';
import type { Depth } from './depth-of.ts';

/** Why a valuable customer may be an irregular one (S59); `unexplained` where the data show none of it. */
export type ParadoxReason =
  | 'engagement-pattern'
  | 'value-concentration'
  | 'relationship-depth'
  | 'portfolio-diversification'
  | 'unexplained';

/** Low consistency, high value (S31). */
export interface Paradox {
  readonly isParadox: boolean;
  /** Empty while there is no paradox. */
  readonly reasons: readonly ParadoxReason[];
}

/** What the paradox is judged by. */
export interface ParadoxInput {
  readonly breakpoints: Breakpoints | null;
  /** Lifetime value; null: none is known. */
  readonly ltvMinor: number | null;
  readonly consistency: Consistency;
  readonly depth: Depth;
  /** Share of the greatest purchase day in what was paid within a year, basis points; null: nothing was paid. */
  readonly largestShareBasisPoints: number | null;
}

/** Stages are worlds apart when one is this much more regular than another. */
const SPREAD_HUNDREDTHS = 5_000;
const CONCENTRATED_FROM_BASIS_POINTS = 5_000;
const DEEP_FROM_HUNDREDTHS = 5_000;
const DIVERSE_FROM = 3;

/**
 * The "low consistency, high value" paradox: the top quarter by value and the bottom quarter by consistency (S31, D9),
 * with what the data show of its four causes (S59). Null: it cannot be told, for want of a value, a consistency, or
 * enough customers to be compared with.
 */
export function paradoxOf(input: ParadoxInput): Paradox | null {
  const { breakpoints, ltvMinor, consistency } = input;
  if (breakpoints === null || ltvMinor === null || consistency.valueHundredths === null) return null;
  const value = rankOf(breakpoints.ltvQuartersMinor, ltvMinor);
  const regularity = rankOf(breakpoints.consistencyHundredths, consistency.valueHundredths);
  if (value === null || regularity === null) return null;
  const isParadox = value === breakpoints.ltvQuartersMinor.edges.length && regularity === 0;
  return { isParadox, reasons: isParadox ? reasonsOf(input) : [] };
}

function reasonsOf({ consistency, depth, largestShareBasisPoints }: ParadoxInput): readonly ParadoxReason[] {
  const stages = consistency.stages.flatMap(({ valueHundredths }) =>
    valueHundredths === null ? [] : [valueHundredths],
  );
  const spread = Math.max(...stages) - Math.min(...stages);
  const { types, serviceLines } = depth.counts;
  const reasons: ParadoxReason[] = [];
  if (spread >= SPREAD_HUNDREDTHS) reasons.push('engagement-pattern');
  if ((largestShareBasisPoints ?? 0) >= CONCENTRATED_FROM_BASIS_POINTS) reasons.push('value-concentration');
  if ((depth.valueHundredths ?? 0) >= DEEP_FROM_HUNDREDTHS) reasons.push('relationship-depth');
  if (Math.max(types ?? 0, serviceLines ?? 0) >= DIVERSE_FROM) reasons.push('portfolio-diversification');
  return reasons.length === 0 ? ['unexplained'] : reasons;
}
