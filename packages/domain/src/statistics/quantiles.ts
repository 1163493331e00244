import { roundedRatio } from './exact.ts';

/** A number that lies between whole ones, exactly; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Least, greatest and what lies between, each rounded to the unit of the values. */
export interface FiveNumbers {
  readonly minimum: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly maximum: number;
}

/** The values in rising order; the argument stays as it is. */
export function inOrder(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b);
}

/**
 * Quantile by linear interpolation between the two nearest values: type 7 of Hyndman and Fan (1996), the default of R,
 * NumPy and spreadsheets. The place is (count - 1) x share, counted from 0. Exact; null of no values.
 * @param sorted whole numbers in rising order
 * @param share the quantile as two whole numbers: [1, 4] is the lower quartile
 */
export function quantileOf(
  sorted: readonly number[],
  share: readonly [part: number, of: number],
): Fraction | null {
  const [part, of] = share;
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * part;
  const index = Math.floor(place / of);
  const rest = BigInt(place - index * of);
  const denominator = BigInt(of);
  const lower = BigInt(sorted[index] ?? 0);
  const upper = rest === 0n ? lower : BigInt(sorted[index + 1] ?? 0);
  return { numerator: lower * (denominator - rest) + upper * rest, denominator };
}

/** Quartiles with the ends (S82), rounded halves away from zero; null of no values. @param sorted in rising order */
export function fiveNumbersOf(sorted: readonly number[]): FiveNumbers | null {
  const at = (part: number): number => {
    const quantile = quantileOf(sorted, [part, 4]);
    return quantile === null ? 0 : roundedRatio(quantile.numerator, quantile.denominator);
  };
  if (sorted.length === 0) return null;
  return { minimum: at(0), lowerQuartile: at(1), median: at(2), upperQuartile: at(3), maximum: at(4) };
}
