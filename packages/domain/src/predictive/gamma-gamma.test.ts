import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  conditionalMeanSpend,
  fitGammaGamma,
  type GammaGamma,
  populationMeanSpend,
  type SpendPattern,
} from './gamma-gamma.ts';
import { integrateRate, meanOverRate } from './test-support.ts';

const anyModel: fc.Arbitrary<GammaGamma> = fc.record({
  p: fc.double({ min: 0.5, max: 10, noNaN: true }),
  q: fc.double({ min: 1.5, max: 10, noNaN: true }),
  v: fc.double({ min: 100, max: 5_000, noNaN: true }),
});
const anyPattern: fc.Arbitrary<SpendPattern> = fc.record({
  frequency: fc.integer({ min: 1, max: 12 }),
  meanSpendMinor: fc.integer({ min: 100, max: 20_000 }),
});

/** Logarithm of the integral of exp((shape - 1) ln x - rate x) from 0 to infinity, taken around its middle. */
function logIntegral(shape: number, rate: number): number {
  const middle = shape / rate;
  const kernel = (x: number) => (shape - 1) * Math.log(x) - rate * x;
  const scaled = integrateRate((u) => Math.exp(kernel(u * middle) - kernel(middle)));
  return Math.log(scaled) + kernel(middle) + Math.log(middle);
}

/** Log likelihood by numeric integration over the rate of the customers' spend. */
function likelihood({ p, q, v }: GammaGamma, patterns: readonly SpendPattern[]): number {
  return patterns.reduce((sum, { frequency: x, meanSpendMinor: mean }) => {
    const shape = p * x;
    // The mean of x transactions is gamma distributed with shape p x and x times the rate, which is itself distributed.
    const together =
      logIntegral(q + shape, v + x * mean) + shape * Math.log(x) + (shape - 1) * Math.log(mean);
    return sum + together - logIntegral(shape, 1) - logIntegral(q, v);
  }, 0);
}

describe('mean spend (N10)', () => {
  it('of a customer is what numeric integration over all that fit what is known finds', () => {
    fc.assert(
      fc.property(anyModel, anyPattern, (model, pattern) => {
        const { p, q, v } = model;
        const { frequency, meanSpendMinor } = pattern;
        const known = { shape: q + p * frequency, rate: v + frequency * meanSpendMinor };
        const expected = meanOverRate(known, (rate) => p / rate);
        expect(conditionalMeanSpend(model, pattern) / expected).toBeCloseTo(1, 8);
      }),
    );
  });

  it('of a customer who bought once is that of all customers', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const first = conditionalMeanSpend(model, { frequency: 0, meanSpendMinor: 0 });
        expect(first / populationMeanSpend(model)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('comes near the customer’s own as transactions grow in number', () => {
    const model = { p: 6.25, q: 3.74, v: 15_44 };
    expect(conditionalMeanSpend(model, { frequency: 100_000, meanSpendMinor: 50_00 })).toBeCloseTo(50_00, 0);
  });
});

describe('fitting spend', () => {
  /** Customers whose means lie within a factor of 16, the nearer to their own level the more they bought. */
  const anyCustomer = fc
    .record({
      frequency: fc.integer({ min: 1, max: 12 }),
      level: fc.double({ min: 0, max: 1, noNaN: true }),
      wobble: fc.double({ min: -0.9, max: 0.9, noNaN: true }),
    })
    .map(({ frequency, level, wobble }) => ({
      frequency,
      meanSpendMinor: Math.round(500 * 16 ** level * (1 + wobble / Math.sqrt(frequency))),
    }));
  const anyPatterns = fc.array(anyCustomer, { minLength: 35, maxLength: 45 });

  it('finds parameters that no others near by are likelier than', () => {
    fc.assert(
      fc.property(anyPatterns, (patterns) => {
        const result = fitGammaGamma(patterns);
        if (result.kind === 'refused') {
          expect(result.reason).toBe('no-mean');
          return;
        }
        const { p, q, v, logLikelihood } = result.fit;
        const found = { p, q, v };
        if (Math.max(p, q) > 200 || p < 0.1) return; // Beyond what the numeric integration can follow.
        const best = likelihood(found, patterns);
        expect(logLikelihood).toBeCloseTo(best, 1);
        for (const name of ['p', 'q', 'v'] as const) {
          for (const factor of [1.02, 1 / 1.02]) {
            const other = { ...found, [name]: found[name] * factor };
            expect(likelihood(other, patterns)).toBeLessThan(best + 1e-4);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('does not depend on the currency: a hundred times the amounts, a hundred times the mean', () => {
    fc.assert(
      fc.property(anyPatterns, (patterns) => {
        const result = fitGammaGamma(patterns);
        const times = patterns.map(({ frequency, meanSpendMinor }) => ({
          frequency,
          meanSpendMinor: meanSpendMinor * 100,
        }));
        const other = fitGammaGamma(times);
        if (result.kind === 'refused' || other.kind === 'refused') {
          expect(other).toEqual(result);
          return;
        }
        const shift = result.fit.repeaters * Math.log(100);
        expect(other.fit.logLikelihood + shift).toBeCloseTo(result.fit.logLikelihood, 1);
        // Where spend says little of the parameters the likelihood is flat: to half a percent.
        expect(populationMeanSpend(other.fit) / populationMeanSpend(result.fit)).toBeCloseTo(100, 0);
      }),
      { numRuns: 15 },
    );
  });

  it('gives the same parameters, to the last digit, whatever order the customers come in', () => {
    fc.assert(
      fc.property(anyPatterns, (patterns) => {
        expect(fitGammaGamma(patterns.toReversed())).toEqual(fitGammaGamma(patterns));
      }),
      { numRuns: 10 },
    );
  });

  it('leaves out who bought once or never paid', () => {
    const spend = (index: number) => ({
      frequency: 1 + (index % 5),
      meanSpendMinor: 500 + 37 * (index % 11),
    });
    const paying = Array.from({ length: 60 }, (_, index) => spend(index));
    const others = [
      { frequency: 0, meanSpendMinor: 0 },
      { frequency: 3, meanSpendMinor: 0 },
    ];
    expect(fitGammaGamma([...others, ...paying])).toEqual(fitGammaGamma(paying));
    expect(fitGammaGamma(paying)).toMatchObject({ kind: 'fitted', fit: { repeaters: 60 } });
  });

  it('refuses too few repeaters, and spend so uneven that its mean says nothing', () => {
    const spend = { frequency: 2, meanSpendMinor: 100 };
    expect(fitGammaGamma(Array.from({ length: 29 }, () => spend))).toEqual({
      kind: 'refused',
      reason: 'too-few-repeaters',
    });
    // One in a hundred spends ten thousand times what the others do: a tail without a mean.
    const uneven = Array.from({ length: 100 }, (_, index) => ({
      frequency: 20,
      meanSpendMinor: Math.round(100 * (100 / (index + 1)) ** 2),
    }));
    expect(fitGammaGamma(uneven)).toEqual({ kind: 'refused', reason: 'no-mean' });
  });
});
