import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GammaGamma, SpendPattern } from './gamma-gamma.ts';
import { spendInterval } from './spend-interval.ts';
import { meanOverRate } from './test-support.ts';

interface Situation {
  readonly chances: readonly number[];
  readonly model: GammaGamma;
  readonly pattern: SpendPattern;
}

/**
 * Chance to spend at most an amount, by numeric integration over the rate of the customer's spend: with a whole shape p
 * a sum of n transactions stays below it as often as p n arrivals take longer.
 */
function chanceBelow({ chances, model, pattern }: Situation, amount: number): number {
  const known = {
    shape: model.q + model.p * pattern.frequency,
    rate: model.v + pattern.frequency * pattern.meanSpendMinor,
  };
  return meanOverRate(known, (rate) => {
    let below = 1 - (chances[0] ?? 0);
    let arrival = Math.exp(-rate * amount);
    let later = 0;
    let arrivals = 0;
    chances.forEach((chance, index) => {
      for (; arrivals < model.p * (index + 1); arrivals++) {
        later += arrival;
        arrival *= (rate * amount) / (arrivals + 1);
      }
      below += (chance - (chances[index + 1] ?? 0)) * (1 - later);
    });
    return below;
  });
}

const anySituation: fc.Arbitrary<Situation> = fc.record({
  chances: fc
    .tuple(fc.double({ min: 0.2, max: 1, noNaN: true }), fc.double({ min: 0.2, max: 0.9, noNaN: true }))
    .map(([some, more]) => Array.from({ length: 40 }, (_, index) => some * more ** index)),
  model: fc.record({
    p: fc.integer({ min: 1, max: 6 }),
    q: fc.double({ min: 1.5, max: 8, noNaN: true }),
    v: fc.double({ min: 100, max: 5_000, noNaN: true }),
  }),
  pattern: fc.record({ frequency: fc.nat(6), meanSpendMinor: fc.integer({ min: 100, max: 9_000 }) }),
});

describe('the interval of predicted spend', () => {
  it('leaves a tenth of the cases below and a tenth above', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const { chances, model, pattern } = situation;
        const { low, high } = spendInterval(chances, model, pattern);
        const none = 1 - (chances[0] ?? 0);
        if (none >= 0.1) expect(low).toBe(0);
        else expect(chanceBelow(situation, low)).toBeCloseTo(0.1, 3);
        expect(chanceBelow(situation, high)).toBeCloseTo(0.9, 3);
      }),
      { numRuns: 60 },
    );
  });

  it('stays right where so many purchases are likely that neighbours are taken together', () => {
    const situation: Situation = {
      chances: Array.from({ length: 220 }, (_, index) => 1 / (1 + Math.exp((index - 120) / 15))),
      model: { p: 2, q: 4, v: 3_000 },
      pattern: { frequency: 30, meanSpendMinor: 1_500 },
    };
    const { low, high } = spendInterval(situation.chances, situation.model, situation.pattern);
    expect(chanceBelow(situation, low)).toBeCloseTo(0.1, 2);
    expect(chanceBelow(situation, high)).toBeCloseTo(0.9, 2);
  });

  it('is nothing where no purchase is likely, or none is possible', () => {
    const model = { p: 2, q: 4, v: 3_000 };
    const pattern = { frequency: 1, meanSpendMinor: 1_000 };
    expect(spendInterval([], model, pattern)).toEqual({ low: 0, high: 0 });
    expect(spendInterval([0.09, 0.01], model, pattern)).toEqual({ low: 0, high: 0 });
  });
});
