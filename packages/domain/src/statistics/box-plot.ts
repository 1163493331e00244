import { floorQuotient } from '@bellwether/events';
import { ceilQuotient, roundedRatio } from './exact.ts';
import { type FiveNumbers, fiveNumbersOf, inOrder, quantileOf } from './quantiles.ts';

/** A whole number and whose it is. */
export interface BoxPoint {
  readonly id: string;
  readonly value: number;
}

/** What a box plot shows (S82), in the unit of the values. */
export interface BoxPlot extends FiveNumbers {
  readonly count: number;
  readonly mean: number;
  /** Least and greatest value that is not an outlier; never inside the box. */
  readonly lowerWhisker: number;
  readonly upperWhisker: number;
  /** Those farthest from the median, farthest first; of equals the lesser id. */
  readonly outliers: readonly BoxPoint[];
  /** How many there are, told or not. */
  readonly outlierCount: number;
}

/** Outliers that are told by name. */
export const MOST_OUTLIERS = 50;

/**
 * Box plot after Tukey (1977): quartiles of type 7, whiskers to the last value within 1.5 times the range between the
 * quartiles, everything beyond an outlier. A value at the fence itself is none. Null of no points.
 */
export function boxPlotOf(points: readonly BoxPoint[]): BoxPlot | null {
  const sorted = inOrder(points.map(({ value }) => value));
  const five = fiveNumbersOf(sorted);
  const fences = fencesOf(sorted);
  if (five === null || fences === null) return null;
  const isOutlier = (value: number) => value < fences.lower || value > fences.upper;
  const outliers = points.filter(({ value }) => isOutlier(value));
  const distance = ({ value }: BoxPoint) => Math.abs(value - five.median);
  outliers.sort((a, b) => distance(b) - distance(a) || (a.id < b.id ? -1 : 1));
  const lowest = sorted.find((value) => !isOutlier(value)) ?? five.lowerQuartile;
  const highest = sorted.findLast((value) => !isOutlier(value)) ?? five.upperQuartile;
  return {
    count: points.length,
    mean: roundedRatio(
      sorted.reduce((sum, value) => sum + BigInt(value), 0n),
      BigInt(sorted.length),
    ),
    ...five,
    lowerWhisker: Math.min(lowest, five.lowerQuartile),
    upperWhisker: Math.max(highest, five.upperQuartile),
    outliers: outliers.slice(0, MOST_OUTLIERS).map(({ id, value }) => ({ id, value })),
    outlierCount: outliers.length,
  };
}

/** Least and greatest whole number within the fences. */
function fencesOf(sorted: readonly number[]): { readonly lower: number; readonly upper: number } | null {
  const [low, high] = [quantileOf(sorted, [1, 4]), quantileOf(sorted, [3, 4])];
  if (low === null || high === null) return null;
  // In eighths, where one and a half times a range of quarters is whole.
  const [lowEighths, highEighths] = [2n * low.numerator, 2n * high.numerator];
  const reach = 3n * (high.numerator - low.numerator);
  return {
    lower: Number(ceilQuotient(lowEighths - reach, 8n)),
    upper: Number(floorQuotient(highEighths + reach, 8n)),
  };
}
