import { floorQuotient, roundedQuotient } from '@bellwether/events';

/** Exact arithmetic of whole numbers: what is published is rounded once, at the end, the same on every machine. */

/** Least whole number that is not below the quotient. @throws RangeError for a denominator that is not positive */
export function ceilQuotient(numerator: bigint, denominator: bigint): bigint {
  return -floorQuotient(-numerator, denominator);
}

/**
 * The rounded quotient as a number, for means and shares, which are never greater than what they are made of.
 * @throws RangeError for a denominator that is not positive
 */
export function roundedRatio(numerator: bigint, denominator: bigint): number {
  return Number(roundedQuotient(numerator, denominator));
}

/** A whole number as a number; null where it passes 2^53 and could not be told exactly. */
export function publishable(whole: bigint): number | null {
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : null;
}

/** A part in basis points of a whole (10000 is all of it); null where there is no whole, or beyond 2^53. */
export function basisPointsOf(part: bigint, whole: bigint): number | null {
  return whole <= 0n ? null : publishable(roundedQuotient(10_000n * part, whole));
}

/** Greatest whole number whose square is not above `square`, which is not negative. */
export function integerSquareRoot(square: bigint): bigint {
  if (square < 0n) throw new RangeError('a negative number has no square root');
  let root = square;
  let better = (square + 1n) / 2n;
  // Newton's method from above: it falls until it has the root.
  while (better < root) {
    root = better;
    better = (root + square / root) / 2n;
  }
  return root;
}
