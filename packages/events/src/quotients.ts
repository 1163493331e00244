/** Quotients of whole numbers of any length: what is told is rounded once, at the end, the same on every machine. */

/** Greatest whole number that is not above the quotient. @throws RangeError for a denominator that is not positive */
export function floorQuotient(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive');
  const whole = numerator / denominator;
  return numerator < 0n && whole * denominator !== numerator ? whole - 1n : whole;
}

/** The quotient to the nearest whole number, halves away from zero: negative amounts round like positive ones. */
export function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n) return -roundedQuotient(-numerator, denominator);
  return floorQuotient(2n * numerator + denominator, 2n * denominator);
}
