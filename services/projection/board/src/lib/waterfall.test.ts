import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointAt, waterfallBetween } from './waterfall.ts';

function point(at: string, contributions: Record<string, number>) {
  const value = Object.values(contributions).reduce((sum, part) => sum + part, 0);
  return {
    at,
    knownAt: at,
    sequence: 1,
    value,
    band: 'healthy',
    cause: 'new-data',
    causedBy: [],
    contributions,
  };
}

const signals = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 2_500 }));

describe('a waterfall between two points', () => {
  it('leads from one score to the other, whatever the signals did (N1)', () => {
    fc.assert(
      fc.property(signals, signals, (before, after) => {
        const waterfall = waterfallBetween(point('2026-01-01', before), point('2026-01-08', after));
        const last = waterfall?.steps.at(-1)?.to ?? waterfall?.start;
        expect(last).toBe(waterfall?.end);
      }),
    );
  });

  it('shows the greatest move first and leaves out what did not move', () => {
    const before = point('2026-01-01', { logins: 3_000, tickets: 2_000, goals: 500 });
    const after = point('2026-01-08', { logins: 1_000, tickets: 2_300, goals: 500 });
    const steps = waterfallBetween(before, after)?.steps;
    expect(steps?.map((step) => [step.signal, step.delta])).toEqual([
      ['logins', -2_000],
      ['tickets', 300],
    ]);
  });

  it('does not exist where a score was unknown', () => {
    const unknown = { ...point('2026-01-01', {}), value: null };
    expect(waterfallBetween(unknown, point('2026-01-08', { a: 1 }))).toBeNull();
  });
});

describe('the score at a time', () => {
  const points = [point('2026-01-01T00:00:00Z', { a: 1 }), point('2026-01-10T00:00:00Z', { a: 2 })];

  it('is the last one published until then', () => {
    expect(pointAt(points, Date.parse('2026-01-09T00:00:00Z'))).toBe(points[0]);
    expect(pointAt(points, Date.parse('2026-01-10T00:00:00Z'))).toBe(points[1]);
  });

  it('is the first one where none was published yet', () => {
    expect(pointAt(points, 0)).toBe(points[0]);
    expect(pointAt([], 0)).toBeUndefined();
  });
});
