import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BgNbd,
  type BuyingPattern,
  expectedPurchases,
  probabilityAlive,
  purchaseChances,
} from './bg-nbd.ts';
import { hypergeometric, meanOverRate, meanOverShare } from './test-support.ts';

const CDNOW: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const ONCE: BuyingPattern = { frequency: 0, recencyDays: 0, ageDays: 100 };

const parameter = fc.double({ min: 0.4, max: 8, noNaN: true });
const anyModel: fc.Arbitrary<BgNbd> = fc.record({
  r: parameter,
  alpha: parameter,
  a: parameter,
  b: parameter,
});
const anyPattern: fc.Arbitrary<BuyingPattern> = fc
  .tuple(fc.nat(12), fc.integer({ min: 12, max: 300 }), fc.nat(300))
  .map(([frequency, recency, silence]) => ({
    frequency,
    recencyDays: frequency === 0 ? 0 : recency,
    ageDays: (frequency === 0 ? 0 : recency) + silence,
  }));
const anyHorizon = fc.integer({ min: 1, max: 700 });

/** Chances that what is known happened and the customer is alive, or has left, by numeric integration. */
function fates({ r, alpha, a, b }: BgNbd, { frequency: x, recencyDays, ageDays }: BuyingPattern) {
  const rate = { shape: r, rate: alpha };
  const leaving = { a, b };
  const alive =
    meanOverShare(leaving, (_, staying) => staying ** x) *
    meanOverRate(rate, (buying) => buying ** x * Math.exp((-buying * ageDays) / 7));
  if (x === 0) return { alive, left: 0 };
  const left =
    meanOverShare(leaving, (ending, staying) => ending * staying ** (x - 1)) *
    meanOverRate(rate, (buying) => buying ** x * Math.exp((-buying * recencyDays) / 7));
  return { alive, left };
}

describe('the chance to be alive', () => {
  it('is what numeric integration over all rates and all chances to leave finds', () => {
    fc.assert(
      fc.property(anyModel, anyPattern, (model, pattern) => {
        const { alive, left } = fates(model, pattern);
        expect(probabilityAlive(model, pattern)).toBeCloseTo(alive / (alive + left), 8);
      }),
    );
  });

  it('is 1 for everybody who bought once, however long ago: no measure of churn', () => {
    expect(probabilityAlive(CDNOW, { ...ONCE, ageDays: 3_650 })).toBe(1);
  });

  it('is 0, and no error, after a silence that no frequent buyer keeps', () => {
    const silent = { frequency: 3_000, recencyDays: 3_100, ageDays: 9_000 };
    expect(probabilityAlive(CDNOW, silent)).toBe(0);
    expect(expectedPurchases(CDNOW, silent, 365)).toBe(0);
  });
});

describe('expected purchases (N10)', () => {
  it('are what numeric integration over all customers alive finds', () => {
    fc.assert(
      fc.property(anyModel, anyPattern, anyHorizon, (model, pattern, horizonDays) => {
        const { frequency, ageDays } = pattern;
        const growth = horizonDays / 7 / (model.alpha + ageDays / 7);
        // Mean of (1 - exp(-rate p t)) / p over the rate, then over the chance p to leave.
        const ifAlive = meanOverShare(
          { a: model.a, b: model.b + frequency },
          (leaving) => -Math.expm1(-(model.r + frequency) * Math.log1p(leaving * growth)) / leaving,
        );
        const { alive, left } = fates(model, pattern);
        const expected = (ifAlive * alive) / (alive + left);
        expect(Math.abs(expectedPurchases(model, pattern, horizonDays) - expected)).toBeLessThan(
          1e-7 * (1 + expected),
        );
      }),
    );
  });

  it('are the hypergeometric expression of the paper where that one is well behaved', () => {
    fc.assert(
      fc.property(anyModel, anyPattern, anyHorizon, (model, pattern, horizonDays) => {
        const { r, alpha, a, b } = model;
        const x = pattern.frequency;
        fc.pre(Math.abs(a - 1) > 0.05 && a + b + x - 1 > 0.1);
        const age = alpha + pattern.ageDays / 7;
        const horizon = horizonDays / 7;
        const gauss = hypergeometric({ a: r + x, b: b + x, c: a + b + x - 1 }, horizon / (age + horizon));
        const ifAlive = ((a + b + x - 1) / (a - 1)) * (1 - (age / (age + horizon)) ** (r + x) * gauss);
        const expected = ifAlive * probabilityAlive(model, pattern);
        const actual = expectedPurchases(model, pattern, horizonDays);
        expect(Math.abs(actual - expected)).toBeLessThan(1e-8 * (1 + expected));
      }),
    );
  });

  it('have no hole where the expression of the paper has one: a = 1, or a + b = 1', () => {
    const near = (a: number, b: number) => expectedPurchases({ ...CDNOW, a, b }, ONCE, 365);
    expect(near(1, 2)).toBeCloseTo((near(0.999, 2) + near(1.001, 2)) / 2, 5);
    expect(near(0.5, 0.5)).toBeCloseTo((near(0.5, 0.499) + near(0.5, 0.501)) / 2, 5);
  });

  it('are finite and plausible at the ends of all ranges', () => {
    const ends = fc.constantFrom(1e-3, 1, 1e3);
    const model = fc.record({ r: ends, alpha: fc.constantFrom(1e-2, 4, 1e6), a: ends, b: ends });
    const pattern = fc.constantFrom(
      { frequency: 0, recencyDays: 0, ageDays: 0 },
      { frequency: 1, recencyDays: 1, ageDays: 1 },
      { frequency: 5_000, recencyDays: 5_000, ageDays: 5_000 },
      { frequency: 2, recencyDays: 900, ageDays: 20_000 },
    );
    fc.assert(
      fc.property(model, pattern, (any, known) => {
        const expected = expectedPurchases(any, known, 365);
        // Nobody is expected to buy more often than someone who never leaves.
        const forEver = ((any.r + known.frequency) / (any.alpha + known.ageDays / 7)) * (365 / 7);
        expect(expected).toBeGreaterThanOrEqual(0);
        expect(expected).toBeLessThanOrEqual(forEver * (1 + 1e-9) + 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('are none in no time', () => {
    expect(expectedPurchases(CDNOW, ONCE, 0)).toBe(0);
    expect(purchaseChances(CDNOW, ONCE, 0)).toEqual([]);
  });
});

describe('the chances of so many purchases', () => {
  it.each<[BgNbd, BuyingPattern, number]>([
    [CDNOW, { frequency: 2, recencyDays: 213, ageDays: 272 }, 273],
    [{ r: 2, alpha: 3, a: 1, b: 0.7 }, ONCE, 50],
    [{ r: 0.8, alpha: 6, a: 3, b: 5 }, { frequency: 6, recencyDays: 90, ageDays: 95 }, 120],
  ])('are averages over customers of what each would do (%j, %j)', (model, pattern, horizonDays) => {
    const x = pattern.frequency;
    const horizon = horizonDays / 7;
    const chances = purchaseChances(model, pattern, horizonDays);
    const isAlive = probabilityAlive(model, pattern);
    for (let n = 1; n <= 4; n++) {
      const expected = meanOverShare({ a: model.a, b: model.b + x }, (leaving, staying) =>
        meanOverRate({ shape: model.r + x, rate: model.alpha + pattern.ageDays / 7 }, (rate) => {
          const mean = rate * horizon;
          let fewer = 0;
          let exactly = Math.exp(-mean);
          for (let count = 0; count < n; count++) {
            fewer += exactly;
            exactly *= mean / (count + 1);
          }
          return staying ** n * exactly + leaving * staying ** (n - 1) * (1 - fewer);
        }),
      );
      const exactlyN = (chances[n - 1] ?? 0) - (chances[n] ?? 0);
      expect(exactlyN).toBeCloseTo(isAlive * expected, 8);
    }
  });
});
