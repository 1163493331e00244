import type { AgreementList } from '../agreements/agreement-state.ts';
import { basisPointsOf } from '../statistics/exact.ts';
import { agreementValueOn } from '../value/terms-on.ts';

/** Days between two points of a line, and how far back it reaches: 13 points, 12 steps. */
export const STEP_DAYS = 30;
export const MOST_STEPS = 12;
/** Half a year: over less a start would look like growth. */
const FEWEST_STEPS = 6;
/** Growth of a year, in basis points of the mean, from which on a line rises, or falls. */
const CLEAR_BASIS_POINTS = 1_000;

export type ExpansionDirection = 'expanding' | 'steady' | 'shrinking';

/** How the engagement of a customer has developed over the last 360 days (S15). */
export interface ExpansionPattern {
  /** Growth of a year in basis points of the mean; null: fewer than 180 days are known. */
  readonly agreementsGrowthBasisPoints: number | null;
  readonly valueGrowthBasisPoints: number | null;
  /** Of the uses in 30 days. */
  readonly usageGrowthBasisPoints: number | null;
  /** Null: neither agreements nor value can be told. */
  readonly direction: ExpansionDirection | null;
}

/** What the pattern is read from. */
export interface ExpansionInput {
  readonly agreements: AgreementList;
  /** As it is told with the relationship; null: not known. */
  readonly usageGrowthBasisPoints: number | null;
  readonly today: number;
}

/**
 * Whether agreements, their value and the use of the product have grown (S15). Each is a line of least squares through
 * points 30 days apart; its rise in 365 days over the mean of the points is the growth. `expanding`: the number or the
 * value of active agreements rises by 10 % or more and nothing falls by as much; `shrinking`: one of the two falls so
 * much and neither rises; else `steady`.
 */
export function expansionPatternOf(input: ExpansionInput): ExpansionPattern {
  const { agreements, usageGrowthBasisPoints, today } = input;
  const days = pointsSince(firstAgreementDay(agreements), today);
  const values = days.map((day) => agreementValueOn(agreements, day));
  const countGrowth = growthOf(values.map(({ activeAgreements }) => activeAgreements));
  const valueGrowth = growthOf(values.map(({ activeMinor }) => Math.max(0, activeMinor)));
  return {
    agreementsGrowthBasisPoints: countGrowth,
    valueGrowthBasisPoints: valueGrowth,
    usageGrowthBasisPoints,
    direction: directionOf([countGrowth, valueGrowth], usageGrowthBasisPoints),
  };
}

function directionOf(held: readonly (number | null)[], usage: number | null): ExpansionDirection | null {
  if (held.every((growth) => growth === null)) return null;
  const rises = held.some((growth) => growth !== null && growth >= CLEAR_BASIS_POINTS);
  const falls = held.some((growth) => growth !== null && growth <= -CLEAR_BASIS_POINTS);
  const isUsedLess = usage !== null && usage <= -CLEAR_BASIS_POINTS;
  if (rises && !falls && !isUsedLess) return 'expanding';
  return falls && !rises ? 'shrinking' : 'steady';
}

/**
 * Rise of the line of least squares in 365 days over the mean, in basis points; null for few points, or all of
 * nothing.
 */
export function growthOf(points: readonly number[]): number | null {
  const count = points.length;
  if (count <= FEWEST_STEPS) return null;
  let sum = 0n;
  let weighted = 0n;
  points.forEach((point, index) => {
    sum += BigInt(point);
    weighted += BigInt(2 * index - count + 1) * BigInt(point);
  });
  // With places w = 2i - n + 1 the slope of a step is 2 sum(w y) / sum(w w), and sum(w w) = n (n n - 1) / 3.
  const squares = (BigInt(count) * BigInt(count * count - 1)) / 3n;
  const rise = 365n * 2n * weighted * BigInt(count);
  return basisPointsOf(rise, BigInt(STEP_DAYS) * squares * sum);
}

/** Days 30 apart that end today and do not begin before `sinceDay`; oldest first. */
function pointsSince(sinceDay: number | null, today: number): readonly number[] {
  if (sinceDay === null) return [];
  const steps = Math.min(MOST_STEPS, Math.floor((today - sinceDay) / STEP_DAYS));
  return Array.from({ length: Math.max(0, steps + 1) }, (_, index) => today - STEP_DAYS * (steps - index));
}

function firstAgreementDay(agreements: AgreementList): number | null {
  let first: number | null = null;
  for (const { amendments, terms } of agreements) {
    const told = amendments[0];
    if (told === undefined || terms.isVoid) continue;
    const day = Math.min(told.day, told.signedDay ?? told.day, told.startDay ?? told.day);
    if (first === null || day < first) first = day;
  }
  return first;
}
