import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from './apportion.ts';

const sumOf = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('apportion', () => {
  it('gives the units that rounding left over to the greatest remainders', () => {
    expect(apportion([33.3, 33.3, 33.4], 100)).toEqual([33, 33, 34]);
    expect(apportion([1.5, 1.5, 7], 10)).toEqual([2, 1, 7]);
  });

  it('splits weights in proportion', () => {
    expect(apportion([1, 1, 2], 10)).toEqual([3, 2, 5]);
    expect(apportion([0.3, 0.5], 8000)).toEqual([3000, 5000]);
  });

  it('splits by weights far greater than the total', () => {
    expect(apportion([6e24, 3e24, 1e24], 1_000)).toEqual([600, 300, 100]);
  });

  it('keeps signed parts where they are and only rounds them', () => {
    expect(apportion([30.4, -30.1], 0)).toEqual([30, -30]);
    expect(apportion([-12.5, 4.25], -8)).toEqual([-12, 4]);
  });

  it('gives nothing to a part of nothing', () => {
    expect(apportion([0, 5, 0], 7)).toEqual([0, 7, 0]);
    expect(apportion([0, -3.5, 0], -4)).toEqual([0, -4, 0]);
  });

  it('shares evenly when no part has any size', () => {
    expect(apportion([0, 0, 0], 7)).toEqual([3, 2, 2]);
  });

  it('refuses to lose an amount that nobody can take', () => {
    expect(apportion([], 0)).toEqual([]);
    expect(() => apportion([], 3)).toThrow(RangeError);
  });

  it('always sums exactly to the total, and stays within a unit of parts that already add up', () => {
    const part = fc.double({ min: -10_000, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        const total = Math.round(sumOf(parts)) + 0;
        const result = apportion(parts, total);
        expect(sumOf(result)).toBe(total);
        for (const [index, value] of result.entries()) {
          expect(Number.isInteger(value)).toBe(true);
          expect(Math.abs(value - (parts[index] ?? 0))).toBeLessThan(2);
        }
      }),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), fc.maxSafeInteger(), (parts, total) => {
        const safe = (total % 1_000_000_000_000) + 0;
        expect(sumOf(apportion(parts, safe))).toBe(safe);
      }),
    );
  });
});
