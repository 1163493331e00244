import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hhiBand, withoutTop } from './concentration.ts';

/** The report of a portfolio whose curve names its `named` greatest customers. */
function reportOf(values: readonly number[], named = values.length) {
  const totalMinor = values.reduce((total, value) => total + value, 0);
  const hhi = values.reduce((total, value) => total + ((100 * value) / totalMinor) ** 2, 0);
  return {
    totalMinor,
    hhi,
    customersWithPositiveValue: values.length,
    curve: curveOf(values.slice(0, named)),
  };
}

function curveOf(values: readonly number[]) {
  return values.map((valueMinor, index) => ({
    customerId: `c${index}`,
    name: null,
    valueMinor,
    sharePercent: 0,
    cumulativePercent: 0,
  }));
}

describe('losing the greatest customers', () => {
  it('leaves the rest, with shares of what remains', () => {
    const left = withoutTop(reportOf([600, 200, 100, 100]), 1);
    expect(left).toMatchObject({
      lost: 1,
      customers: 3,
      lostMinor: 600,
      remainingMinor: 400,
      lostPercent: 60,
    });
    expect(left.hhi).toBeCloseTo(50 ** 2 + 25 ** 2 + 25 ** 2);
    expect(left.topShares['5']).toBe(100);
    expect(left.cumulative).toEqual([20, 30, 40]);
  });

  it('of everybody leaves nothing, and no division by zero', () => {
    expect(withoutTop(reportOf([5, 3]), 9)).toMatchObject({
      lost: 2,
      customers: 0,
      remainingMinor: 0,
      hhi: 0,
    });
  });

  it('counts the many small customers that the curve does not name', () => {
    const values = [5_000, 3_000, ...new Array<number>(400).fill(10)];
    const whole = withoutTop(reportOf(values), 2);
    const cut = withoutTop(reportOf(values, 100), 2);
    expect(cut.customers).toBe(400);
    expect(cut.remainingMinor).toBe(4_000);
    expect(cut.hhi).toBeCloseTo(whole.hhi, 6);
    expect(whole.hhi).toBeCloseTo(25, 6);
  });

  it('keeps lost and remaining value in balance for any portfolio', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1 }),
        fc.nat(60),
        (values, lost) => {
          const sorted = [...values].sort((a, b) => b - a);
          const left = withoutTop(reportOf(sorted), lost);
          const total = values.reduce((sum, value) => sum + value, 0);
          expect(left.lostMinor + left.remainingMinor).toBe(total);
          expect(left.customers + left.lost).toBe(values.length);
          expect(left.hhi).toBeLessThanOrEqual(10_000.001);
        },
      ),
    );
  });
});

describe('bands of the HHI (D2)', () => {
  it('are low below 1,000 and high above 1,800', () => {
    expect([999.9, 1_000, 1_800, 1_800.1].map(hhiBand)).toEqual(['low', 'moderate', 'moderate', 'high']);
  });
});
