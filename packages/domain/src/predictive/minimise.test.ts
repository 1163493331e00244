import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimise } from './minimise.ts';

function expectAt(found: ReturnType<typeof minimise>, expected: readonly number[]): void {
  expect(found.isConverged).toBe(true);
  for (const [axis, value] of expected.entries()) expect(found.point[axis]).toBeCloseTo(value, 5);
}

describe('the search for the least value', () => {
  it('follows the bent valley of Rosenbrock to its end', () => {
    const valley = ([x = 0, y = 0]: readonly number[]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2;
    expectAt(minimise(valley, [-1.2, 1]), [1, 1]);
  });

  it('finds the end of a valley in four dimensions (Wood)', () => {
    const wood = ([w = 0, x = 0, y = 0, z = 0]: readonly number[]) =>
      100 * (x - w * w) ** 2 +
      (1 - w) ** 2 +
      90 * (z - y * y) ** 2 +
      (1 - y) ** 2 +
      10.1 * ((x - 1) ** 2 + (z - 1) ** 2) +
      19.8 * (x - 1) * (z - 1);
    expectAt(minimise(wood, [-3, -1, -3, -1]), [1, 1, 1, 1]);
  });

  it('finds the place of Beale, flat far out and steep near by', () => {
    const beale = ([x = 0, y = 0]: readonly number[]) =>
      (1.5 - x + x * y) ** 2 + (2.25 - x + x * y * y) ** 2 + (2.625 - x + x * y ** 3) ** 2;
    expectAt(minimise(beale, [1, 1]), [3, 0.5]);
  });

  it('stays within walls, and ends at one where the way leads there', () => {
    const slope = ([x = 0]: readonly number[]) => (x > 2 ? Number.POSITIVE_INFINITY : -x);
    const found = minimise(slope, [0]);
    expect(found.isConverged).toBe(true);
    expect(found.point[0]).toBeLessThanOrEqual(2);
    expect(found.point[0]).toBeCloseTo(2, 6);
  });

  it('says so when there is no least value', () => {
    expect(minimise(([x = 0]) => -x, [0]).isConverged).toBe(false);
  });

  it('finds the bottom of any bowl', () => {
    const place = fc.double({ min: -5, max: 5, noNaN: true });
    const steepness = fc.double({ min: 0.1, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, steepness), { minLength: 1, maxLength: 4 }), (axes) => {
        const bowl = (point: readonly number[]) =>
          axes.reduce((sum, [bottom, steep], axis) => sum + steep * ((point[axis] ?? 0) - bottom) ** 2, 7);
        expectAt(
          minimise(
            bowl,
            axes.map(() => 0),
          ),
          axes.map(([bottom]) => bottom),
        );
      }),
      { numRuns: 30 },
    );
  });
});
