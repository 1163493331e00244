import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { givenAgreement } from '../customer/test-support.ts';
import { agreementsAfter, TODAY } from '../value/test-support.ts';
import { expansionPatternOf, growthOf } from './expansion-pattern.ts';

const signed = (agreementId: string, daysAgo: number, valueMinor = 1_000) =>
  givenAgreement('created', TODAY - daysAgo, { agreementId, valueMinor });

function patternOf(
  events: Parameters<typeof agreementsAfter>[0],
  usageGrowthBasisPoints: number | null = null,
) {
  return expansionPatternOf({ agreements: agreementsAfter(events), usageGrowthBasisPoints, today: TODAY });
}

/** Rise of the line of least squares by the textbook: covariance over variance. */
function textbookGrowth(points: readonly number[]): number {
  const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const places = points.map((_, index) => index);
  const covariance = mean(points.map((point, index) => (index - mean(places)) * (point - mean(points))));
  const variance = mean(places.map((place) => (place - mean(places)) ** 2));
  return (10_000 * (covariance / variance) * (365 / 30)) / mean(points);
}

describe('growth of a line of points 30 days apart (S15)', () => {
  it('is its rise of a year over its mean', () => {
    expect(growthOf([5, 5, 5, 5, 5, 5, 5])).toBe(0);
    // 4 to 16 by 2 a step: 24.33 a year over a mean of 10
    expect(growthOf([4, 6, 8, 10, 12, 14, 16])).toBe(24_333);
    expect(growthOf([1, 2, 3, 4, 5, 6])).toBeNull();
    expect(growthOf([0, 0, 0, 0, 0, 0, 0])).toBeNull();
  });

  it('is the slope of least squares', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 7, maxLength: 13 }), (points) => {
        fc.pre(points.some((point) => point > 0));
        expect(Math.abs(Number(growthOf(points)) - textbookGrowth(points))).toBeLessThan(0.51);
      }),
    );
  });
});

describe('patterns of expanding engagement (S15)', () => {
  it('are agreements added, or worth more, one after the other', () => {
    const grown = patternOf([signed('A', 700), signed('B', 250), signed('C', 100)]);
    expect(grown.direction).toBe('expanding');
    expect(Number(grown.agreementsGrowthBasisPoints)).toBeGreaterThan(5_000);
    expect(patternOf([signed('A', 700)])).toEqual({
      agreementsGrowthBasisPoints: 0,
      valueGrowthBasisPoints: 0,
      usageGrowthBasisPoints: null,
      direction: 'steady',
    });
    const cut = givenAgreement('amended', TODAY - 120, { agreementId: 'A', deltaMinor: -500 });
    expect(patternOf([signed('A', 700), cut])).toMatchObject({ direction: 'shrinking' });
  });

  it('are not told of less than half a year: a start is not growth', () => {
    expect(patternOf([signed('A', 179)]).direction).toBeNull();
    expect(patternOf([signed('A', 180)]).direction).toBe('steady');
    expect(patternOf([]).direction).toBeNull();
  });

  it('are no expansion while the product is used less, unless that is not known', () => {
    const events = [signed('A', 700), signed('B', 100)];
    expect(patternOf(events, -1_000)).toMatchObject({ usageGrowthBasisPoints: -1_000, direction: 'steady' });
    expect(patternOf(events, -999).direction).toBe('expanding');
    expect(patternOf(events, null).direction).toBe('expanding');
  });
});
