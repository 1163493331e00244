import type { GammaGamma, SpendPattern } from './gamma-gamma.ts';
import { type BetaShape, betaBelow, betaShape } from './special-functions.ts';

/** Chances that the interval leaves out at either end: 80 % lie within (N10). */
const LOWER_TAIL = 0.1;
const UPPER_TAIL = 0.9;

/** Where the spend of the coming days lies in 80 of 100 cases, minor units. */
export interface SpendInterval {
  readonly low: number;
  readonly high: number;
}

/** Numbers of purchases told apart; where more are likely, neighbours are taken together. */
const MOST_GROUPS = 48;
/** Numbers of purchases less likely than this, together, are left out. */
const NEGLIGIBLE = 1e-5;
const MOST_STEPS = 60;
/** Of a chance, and of the logarithm of an amount: a millionth of the amount. */
const PRECISION = 1e-6;
/** Logarithm of the factor by which the first two ends of a search lie away from where it begins. */
const FIRST_WIDTH = 0.7;

/**
 * Interval of the spend of the coming days. With n purchases it is distributed like V times a ratio of gamma
 * variables with shapes `p n` and `p x + q` (V = `v` + what was spent in x repeat transactions), since the rate of the
 * customer's spend is gamma distributed given what is known; so a beta distribution tells the chance to stay below an
 * amount for each n, and the chances of each n weigh them. The uncertainty of the parameters is not in it.
 * @param chances of at least 1, 2, 3 ... purchases
 */
export function spendInterval(
  chances: readonly number[],
  model: GammaGamma,
  pattern: SpendPattern,
): SpendInterval {
  const scale = model.v + pattern.frequency * pattern.meanSpendMinor;
  const groups = groupsOf(chances, (purchases) =>
    betaShape(model.p * purchases, model.p * pattern.frequency + model.q),
  );
  const some = chances[0] ?? 0;
  const expected = chances.reduce((sum, chance) => sum + chance, 0);
  const guess = Math.log((model.p * expected) / some / (model.p * pattern.frequency + model.q));
  const quantile = (chance: number): number => {
    if (1 - some >= chance) return 0;
    const logarithm = placeOf(chance, guess, (x) => {
      const share = 1 / (1 + Math.exp(-x));
      return groups.reduce((sum, group) => sum + group.chance * betaBelow(group.shape, share), 1 - some);
    });
    return scale * Math.exp(logarithm);
  };
  return { low: quantile(LOWER_TAIL), high: quantile(UPPER_TAIL) };
}

interface Group {
  readonly chance: number;
  readonly shape: BetaShape;
}

/** Numbers of purchases with their chances, neighbours together under the one in the middle. */
function groupsOf(chances: readonly number[], shapeOf: (purchases: number) => BetaShape): readonly Group[] {
  const atLeast = (purchases: number): number => chances[purchases - 1] ?? 0;
  const all = atLeast(1);
  let first = 1;
  while (first < chances.length && all - atLeast(first + 1) < NEGLIGIBLE) first += 1;
  let end = chances.length + 1;
  while (end > first + 1 && atLeast(end - 1) < NEGLIGIBLE) end -= 1;
  const width = Math.ceil((end - first) / MOST_GROUPS);
  const groups: Group[] = [];
  for (let start = first; start < end; start += width) {
    const next = start + width;
    // What was left out at the ends counts with the first and the last group.
    const from = start === first ? all : atLeast(start);
    const to = next >= end ? 0 : atLeast(next);
    groups.push({ chance: from - to, shape: shapeOf(start + (Math.min(next, end) - start - 1) / 2) });
  }
  return groups;
}

/**
 * The x below which the given share lies, by false position in its Illinois form between two ends that are moved away
 * from `guess` until it lies between them.
 */
function placeOf(chance: number, guess: number, below: (x: number) => number): number {
  const gapAt = (x: number): number => below(x) - chance;
  let low = guess - FIRST_WIDTH;
  let high = guess + FIRST_WIDTH;
  let lowGap = gapAt(low);
  let highGap = gapAt(high);
  for (let step = 1; step < MOST_STEPS && lowGap > 0; step++) {
    high = low;
    highGap = lowGap;
    low -= FIRST_WIDTH * 2 ** step;
    lowGap = gapAt(low);
  }
  for (let step = 1; step < MOST_STEPS && highGap < 0; step++) {
    low = high;
    lowGap = highGap;
    high += FIRST_WIDTH * 2 ** step;
    highGap = gapAt(high);
  }
  let moved = 0;
  for (let step = 0; step < MOST_STEPS && high - low > PRECISION; step++) {
    const x = lowGap < highGap ? low - (lowGap * (high - low)) / (highGap - lowGap) : (low + high) / 2;
    const gap = gapAt(x);
    if (Math.abs(gap) < PRECISION) return x;
    if (gap < 0) {
      low = x;
      lowGap = gap;
      if (moved < 0) highGap /= 2;
      moved = -1;
    } else {
      high = x;
      highGap = gap;
      if (moved > 0) lowGap /= 2;
      moved = 1;
    }
  }
  return (low + high) / 2;
}
