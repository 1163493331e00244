import { DAY_MS } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldHealthWeeks,
  type HealthWeek,
  SPARK_WEEKS,
  sparkOf,
  trendOf,
  weekOfDay,
} from './fold-health-weeks.ts';

const at = (week: number) => week * 7 * DAY_MS;

describe('the spark line', () => {
  it('shows a value a week and carries the last one over quiet weeks', () => {
    let weeks: readonly HealthWeek[] = [];
    weeks = foldHealthWeeks(weeks, at(1_000), 7_000);
    weeks = foldHealthWeeks(weeks, at(1_002), 5_000);
    weeks = foldHealthWeeks(weeks, at(1_002) + DAY_MS, 4_000);
    expect(sparkOf(weeks, 1_004 * 7).slice(-6)).toEqual([null, 7_000, 7_000, 4_000, 4_000, 4_000]);
  });

  it('shows that the health could not be scored', () => {
    const weeks = foldHealthWeeks(foldHealthWeeks([], at(1_000), 7_000), at(1_001), null);
    expect(sparkOf(weeks, 1_002 * 7).slice(-3)).toEqual([7_000, null, null]);
  });

  it('keeps no more than it shows, however long the history, and shows the same as if it kept all', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 10_000 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (changes) => {
        let day = 7_000;
        let weeks: readonly HealthWeek[] = [];
        const all: { day: number; value: number }[] = [];
        for (const [days, value] of changes) {
          day += days;
          weeks = foldHealthWeeks(weeks, day * DAY_MS, value);
          all.push({ day, value });
        }
        expect(weeks.length).toBeLessThanOrEqual(SPARK_WEEKS + 1);
        const expected = Array.from({ length: SPARK_WEEKS }, (_, index) => {
          const week = weekOfDay(day) - SPARK_WEEKS + 1 + index;
          return all.findLast((point) => weekOfDay(point.day) <= week)?.value ?? null;
        });
        expect(sparkOf(weeks, day)).toEqual(expected);
      }),
    );
  });
});

describe('the trend', () => {
  it.each([
    [[5_000, 5_100, 5_100, 5_200, 5_200], 'up'],
    [[5_000, 5_100, 5_100, 5_200, 5_199], 'flat'],
    [[5_000, null, null, null, 4_800], 'down'],
    [[null, 5_000, 5_000, 5_000, 9_000], 'unknown'],
    [[], 'unknown'],
  ] as const)('of %j is %s', (spark, trend) => {
    expect(trendOf(spark)).toBe(trend);
  });
});
