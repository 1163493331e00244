import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaBelow, betaShape, logBeta, logGamma } from './special-functions.ts';
import { integrateShare } from './test-support.ts';

/** True to 13 digits, or to 13 decimals near 0. */
function expectExact(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(expected)));
}

describe('the logarithm of the gamma function', () => {
  it.each([
    [1e-3, 6.907178885383853],
    [0.1, 2.252712651734206],
    [1 / 3, 0.9854206469277671],
    [0.5, 0.5723649429247001],
    [1, 0],
    [1.5, -0.12078223763524522],
    [2, 0],
    [3.5, 1.2009736023470743],
    [10, 12.801827480081469],
    [100, 359.1342053695754],
    [10_000, 82099.71749644238],
  ])('of %d is %d', (x, expected) => {
    expectExact(logGamma(x), expected);
  });

  it('grows by ln x from x to x + 1, and doubles as Legendre says', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 2_000, noNaN: true }), (x) => {
        expectExact(logGamma(x + 1), logGamma(x) + Math.log(x));
        const doubled = logGamma(x) + logGamma(x + 0.5) + (2 * x - 1) * Math.LN2 - 0.5 * Math.log(Math.PI);
        expectExact(logGamma(2 * x), doubled);
      }),
    );
  });
});

describe('the beta distribution', () => {
  it('has the constant that numeric integration finds', () => {
    const shape = fc.double({ min: 0.4, max: 40, noNaN: true });
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        const integral = integrateShare((x, rest) =>
          Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log(rest)),
        );
        expect(logBeta(a, b)).toBeCloseTo(Math.log(integral), 9);
      }),
    );
  });

  it('lies below y as often as a of a + b - 1 tosses fall on a side of chance y', () => {
    const small = fc.integer({ min: 1, max: 25 });
    fc.assert(
      fc.property(small, small, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, y) => {
        const tosses = a + b - 1;
        let chance = 0;
        let ways = 1;
        for (let hits = 0; hits <= tosses; hits++) {
          if (hits >= a) chance += ways * y ** hits * (1 - y) ** (tosses - hits);
          ways *= (tosses - hits) / (hits + 1);
        }
        expect(betaBelow(betaShape(a, b), y)).toBeCloseTo(chance, 11);
      }),
    );
  });

  it('lies below y with the chance that numeric integration finds, for any shape', () => {
    const shape = fc.double({ min: 0.4, max: 60, noNaN: true });
    fc.assert(
      fc.property(shape, shape, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (a, b, y) => {
        const density = (x: number, rest: number) =>
          Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log(rest));
        const below = y * integrateShare((x) => density(x * y, 1 - x * y));
        const all = integrateShare(density);
        expect(betaBelow(betaShape(a, b), y)).toBeCloseTo(below / all, 9);
      }),
    );
  });

  it('lies below 0 never and below 1 always, also for great shapes', () => {
    expect([0, -1, 1, 2].map((y) => betaBelow(betaShape(2, 3), y))).toEqual([0, 0, 1, 1]);
    expect(betaBelow(betaShape(50_000, 50_000), 0.5)).toBeCloseTo(0.5, 9);
  });
});
