/**
 * Turns parts into integers that sum exactly to `total` (design section 3, guarantee 3), by the largest remainder.
 *
 * Each part first takes its share, by size, of what the parts miss of the total: non-negative parts are therefore split
 * in proportion, and signed parts that already add up to the total are only rounded. A part of 0 stays 0 as long as any
 * other part is not. Of equal remainders the earlier part is served first.
 *
 * @param parts finite numbers, signed, in the unit of the total
 * @param total a safe integer
 * @throws RangeError when there is something to share out but no part to take it
 */
export function apportion(parts: readonly number[], total: number): number[] {
  if (parts.length === 0) {
    if (total === 0) return [];
    throw new RangeError(`there is no part to take ${total}`);
  }
  let sum = 0;
  let size = 0;
  for (const part of parts) {
    sum += part;
    size += Math.abs(part);
  }
  const shares = parts.map((part) => shareOf(part, { sum, size, total, count: parts.length }));
  const rounded = shares.map((share) => Math.floor(share));
  const takers = shares.map((_, index) => index).filter((index) => size === 0 || parts[index] !== 0);
  const remainder = (index: number) => (shares[index] ?? 0) - (rounded[index] ?? 0);
  takers.sort((a, b) => remainder(b) - remainder(a) || a - b);
  const left = total - rounded.reduce((a, b) => a + b, 0);
  return dealOut(rounded, takers, left);
}

/** Parts of one sign take the direct way: adding what is missed to a much greater part would lose its digits. */
function shareOf(
  part: number,
  { sum, size, total, count }: { sum: number; size: number; total: number; count: number },
): number {
  if (sum === total) return part;
  if (size === 0) return total / count;
  if (size === Math.abs(sum)) return (part * total) / sum;
  return part + ((total - sum) * Math.abs(part)) / size;
}

/** Gives `left` units, positive or negative, one by one: first to the greatest remainder, back from the smallest. */
function dealOut(amounts: number[], takers: readonly number[], left: number): number[] {
  const turns = Math.abs(left);
  const whole = Math.trunc(left / takers.length);
  const extra = turns % takers.length;
  takers.forEach((taker, rank) => {
    const isServed = left > 0 ? rank < extra : rank >= takers.length - extra;
    amounts[taker] = (amounts[taker] ?? 0) + whole + (isServed ? Math.sign(left) : 0);
  });
  return amounts;
}
