import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelHundredthsOf, pointsHundredthsOf } from './curve.ts';
import type { Curve } from './model-pack.ts';

const curve: Curve = [
  [0, 0],
  [4, 40, 'once a week'],
  [10, 80],
];

describe('a curve', () => {
  it('is linear between its points, in whole hundredths', () => {
    expect(pointsHundredthsOf(curve, 2)).toBe(2000);
    expect(pointsHundredthsOf(curve, 5)).toBe(4667);
    expect(pointsHundredthsOf(curve, 4)).toBe(4000);
  });

  it('is level before its first and after its last point', () => {
    expect(pointsHundredthsOf(curve, -3)).toBe(0);
    expect(pointsHundredthsOf(curve, 99)).toBe(8000);
  });

  it('never falls where its points rise, never rises where they fall, and stays between them', () => {
    const readings = fc.uniqueArray(fc.integer({ min: -200, max: 200 }), { minLength: 2, maxLength: 8 });
    const points = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 8, maxLength: 8 });
    const reading = fc.double({ min: -250, max: 250, noNaN: true });
    const asked = fc.record({ one: reading, other: reading, isRising: fc.boolean() });
    fc.assert(
      fc.property(readings, points, asked, (at, given, { one, other, isRising }) => {
        const sorted = given.toSorted((a, b) => (isRising ? a - b : b - a));
        const monotone: Curve = at.toSorted((a, b) => a - b).map((x, index) => [x, sorted[index] ?? 0]);
        const ordered = [Math.min(one, other), Math.max(one, other)].map((x) =>
          pointsHundredthsOf(monotone, x),
        );
        const [least = 0, most = 0] = isRising ? ordered : ordered.toReversed();
        expect(least).toBeLessThanOrEqual(most);
        const ends = monotone.map(([, value]) => value * 100);
        expect(least).toBeGreaterThanOrEqual(Math.min(...ends));
        expect(most).toBeLessThanOrEqual(Math.max(...ends));
      }),
    );
  });
});

describe('steps', () => {
  const steps: Curve = [
    [0, 25],
    [183, 50],
    [366, 75],
  ];

  it('hold from their reading on, the first one below it too', () => {
    const levels = [-5, 0, 182, 183, 365, 366, 9999].map((raw) => levelHundredthsOf(steps, raw));
    expect(levels).toEqual([2500, 2500, 2500, 5000, 5000, 7500, 7500]);
  });
});
