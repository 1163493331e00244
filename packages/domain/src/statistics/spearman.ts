import { integerSquareRoot } from './exact.ts';

/** How two measures of the same members rank them. */
export interface RankCorrelation {
  /** Ten-thousandths, -10,000 (opposite order) to 10,000 (same order); null where `reason` says why. */
  readonly coefficient: number | null;
  readonly pairs: number;
  /** `too-few`: fewer than three pairs; `no-variation`: one of the measures is the same for all. */
  readonly reason: 'too-few' | 'no-variation' | null;
}

/** Two pairs agree or disagree wholly whatever they are. */
const FEWEST_PAIRS = 3;

/**
 * Rank correlation after Spearman (1904): the correlation of the ranks, members of equal value sharing the mean of
 * their ranks (S12). Exact up to the last digit told, also with ties.
 */
export function spearmanOf(pairs: readonly (readonly [one: number, other: number])[]): RankCorrelation {
  const count = pairs.length;
  if (count < FEWEST_PAIRS) return { coefficient: null, pairs: count, reason: 'too-few' };
  const ones = deviationsOf(pairs.map(([one]) => one));
  const others = deviationsOf(pairs.map(([, other]) => other));
  let [common, ownOne, ownOther] = [0n, 0n, 0n];
  for (const [index, one] of ones.entries()) {
    const other = others[index] ?? 0n;
    common += one * other;
    ownOne += one * one;
    ownOther += other * other;
  }
  if (ownOne === 0n || ownOther === 0n) return { coefficient: null, pairs: count, reason: 'no-variation' };
  const size = common < 0n ? -common : common;
  // Twice the result, cut; the root of a cut quotient is cut where the root of the exact one is.
  const doubled = integerSquareRoot((20_000n * size) ** 2n / (ownOne * ownOther));
  const rounded = Number((doubled + 1n) / 2n);
  return { coefficient: common < 0n ? 0 - rounded : rounded, pairs: count, reason: null };
}

/** Of each value twice the distance of its rank from the middle rank; of equals the rank is the mean of theirs. */
function deviationsOf(values: readonly number[]): readonly bigint[] {
  const places = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const deviations: bigint[] = Array.from(values, () => 0n);
  let from = 0;
  while (from < places.length) {
    let to = from;
    while (to + 1 < places.length && values[places[to + 1] ?? 0] === values[places[from] ?? 0]) to += 1;
    const deviation = BigInt(from + to + 1 - places.length);
    for (let place = from; place <= to; place += 1) deviations[places[place] ?? 0] = deviation;
    from = to + 1;
  }
  return deviations;
}
