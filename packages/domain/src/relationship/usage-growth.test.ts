import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { growthOf } from '../opportunities/expansion-pattern.ts';
import { customerAfter, days, loginsOn } from '../signals/test-support.ts';
import { expectSteadyUntilNextDay } from '../value/test-support.ts';
import { TODAY, WEEK_START } from './test-support/customer.ts';
import { nextUsageGrowthDay, usageGrowthOf } from './usage-growth.ts';

const feed = { status: 'fresh', lastDay: TODAY } as const;
const activityOf = (useDays: readonly number[]) => customerAfter(loginsOn(useDays)).activity;
const grown = (useDays: readonly number[], today = TODAY) =>
  usageGrowthOf(activityOf(useDays), { feed, today });

describe('growth of use (S15)', () => {
  it('is the line through the uses in each 30 days before the present week', () => {
    // Seven sums of 30 days: 1, 2, ... 7 uses on the first days of each. Slope 1 a step, 365 / 30 a year, mean 4.
    const fromDay = WEEK_START - 7 * 30;
    const uses = days(0, 6).flatMap((step) => days(0, step).map((day) => fromDay + 30 * step + day));
    expect(grown(uses)).toEqual({ basisPoints: 30_417, why: null });
    expect(grown([...uses, WEEK_START, TODAY])).toEqual({ basisPoints: 30_417, why: null });
  });

  it('counts uses, not days of use', () => {
    const fromDay = WEEK_START - 7 * 30;
    const uses = days(0, 6).flatMap((step) => days(0, step).map(() => fromDay + 30 * step));
    expect(grown(uses).basisPoints).toBe(30_417);
  });

  it('is not known of a start, of nothing, or of a feed that does not tell', () => {
    expect(grown(days(WEEK_START - 209, TODAY))).toEqual({ basisPoints: null, why: 'no-data' });
    expect(grown(days(WEEK_START - 210, TODAY)).basisPoints).toBe(0);
    expect(grown([])).toEqual({ basisPoints: null, why: 'no-data' });
    expect(grown([TODAY - 700])).toEqual({ basisPoints: null, why: 'no-data' });
    const used = activityOf(days(TODAY - 300, TODAY));
    expect(usageGrowthOf(used, { feed: undefined, today: TODAY }).why).toBe('feed-absent');
    const stale = { status: 'stale', lastDay: TODAY - 20 } as const;
    expect(usageGrowthOf(used, { feed: stale, today: TODAY })).toEqual({
      basisPoints: null,
      why: 'feed-stale',
    });
    expect(usageGrowthOf(activityOf([]), { feed: stale, today: TODAY }).why).toBe('no-data');
  });

  it('is the growth of the uses counted one by one (all at once)', () => {
    const use = fc.integer({ min: WEEK_START - 395, max: TODAY });
    fc.assert(
      fc.property(fc.array(use, { minLength: 1, maxLength: 60 }), (useDays) => {
        const first = Math.min(...useDays);
        const sums = Math.min(13, Math.floor((WEEK_START - first) / 30));
        const points = Array.from({ length: Math.max(0, sums) }, (_, step) => {
          const end = WEEK_START - 30 * (sums - 1 - step);
          return useDays.filter((day) => day >= end - 30 && day < end).length;
        });
        expect(grown(useDays).basisPoints).toBe(growthOf(points));
      }),
    );
  });

  it('moves with no event on the days named only', () => {
    const used = fc.array(fc.integer({ min: TODAY - 380, max: TODAY }), { maxLength: 10 });
    fc.assert(
      fc.property(used, (useDays) => {
        const activity = activityOf(useDays);
        expectSteadyUntilNextDay(
          (today) => usageGrowthOf(activity, { feed, today }),
          (today) => nextUsageGrowthDay(activity, today),
          { from: TODAY, to: TODAY + 60 },
        );
      }),
      { numRuns: 40 },
    );
  });

  it('has a late use in it at once', () => {
    const late = given('activity.login', WEEK_START - 40, { id: 'late', data: {} });
    const before = customerAfter(loginsOn(days(WEEK_START - 300, TODAY)));
    const after = customerAfter([...loginsOn(days(WEEK_START - 300, TODAY)), late]);
    const growth = (activity: typeof before.activity) =>
      usageGrowthOf(activity, { feed, today: TODAY }).basisPoints;
    expect(growth(after.activity)).not.toBe(growth(before.activity));
  });
});
