import { roundedRatio } from './exact.ts';
import { inOrder } from './quantiles.ts';

/**
 * Gini coefficient of amounts (S32) in basis points: 0 where all are equal, up to (n - 1) / n where one of n has all.
 * The sum of (2 x rank - n - 1) x amount over n x the sum of amounts (Gini 1912, for a whole population, without the
 * correction for samples). Exact. Null where there is nothing to share out.
 * @param amounts whole numbers, none negative
 * @throws RangeError for a negative amount: shares of a sum that cancels out mean nothing
 */
export function giniOf(amounts: readonly number[]): number | null {
  const sorted = inOrder(amounts);
  const [least] = sorted;
  if (least === undefined) return null;
  if (least < 0) throw new RangeError('a Gini coefficient is of amounts that are not negative');
  const count = BigInt(sorted.length);
  let sum = 0n;
  let weighted = 0n;
  for (const [index, amount] of sorted.entries()) {
    sum += BigInt(amount);
    weighted += (2n * BigInt(index + 1) - count - 1n) * BigInt(amount);
  }
  return sum === 0n ? null : roundedRatio(10_000n * weighted, count * sum);
}
