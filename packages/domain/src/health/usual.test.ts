import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import type { OwnBaseline } from '../models/model-pack.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { allFeeds, customerAfter, days, loginsOn, TODAY } from '../signals/test-support.ts';
import { healthOf } from './health-of.ts';
import { factsAfter } from './test-support.ts';
import { nextUsualDay, usualOf } from './usual.ts';

const baseline: OwnBaseline = {
  kind: 'own-baseline',
  periods: 6,
  minimumPeriods: 3,
  minimumUsual: 1,
  curve: [
    [0, 0],
    [100, 100],
  ],
};
/** Days 19,770 to 19,949 are the six whole periods of 30 days that end before the window of TODAY, 20,000, begins. */
const FIRST = 19_770;
const periodFrom = (number: number) => FIRST + 30 * number;

function usual(loginDays: readonly number[], today = TODAY): number | null {
  const { activity } = customerAfter(loginsOn(loginDays), today);
  return usualOf(activity, { signal: 'login-frequency', windowDays: 30, baseline, today });
}

/** So many days of use in each of the periods, one after the other, from FIRST. */
const usedOn = (...counts: readonly number[]) =>
  counts.flatMap((count, number) => days(periodFrom(number), periodFrom(number) + count - 1));
const longAgo = FIRST - 100;

describe('what is usual for a customer (N17)', () => {
  it('is the median of the six whole periods of 30 days before the window', () => {
    expect(usual([longAgo, ...usedOn(4, 5, 4, 4, 20, 0)])).toBe(4);
    expect(usual([longAgo, ...usedOn(3, 3, 3, 8, 8, 8)])).toBe(5.5);
  });

  it('follows neither the window itself nor what lies further back', () => {
    const steady = usedOn(4, 4, 4, 4, 4, 4);
    const busyNow = days(TODAY - 29, TODAY);
    const busyThen = days(FIRST - 60, FIRST - 1);
    expect(usual([longAgo, ...busyThen, ...steady, ...busyNow])).toBe(4);
  });

  it('needs three whole periods since the first use', () => {
    const from = (number: number) => days(periodFrom(number), TODAY, 7);
    expect(usual(from(3))).not.toBeNull();
    expect(usual(from(4))).toBeNull();
    expect(usual(days(periodFrom(3) + 1, TODAY, 7))).toBeNull();
  });

  it('is nothing where hardly any use is usual', () => {
    expect(usual([longAgo, ...usedOn(1, 0, 1, 0, 1, 1)])).toBe(1);
    expect(usual([longAgo, ...usedOn(1, 0, 1, 0, 1, 0)])).toBeNull();
    expect(usual([])).toBeNull();
  });

  it('counts uses where uses are compared', () => {
    const uses = usedOn(2, 2, 2, 2, 2, 2).map((day) =>
      given('activity.feature-used', day, { data: { feature: 'reports', count: 5 } }),
    );
    const { activity } = customerAfter([...loginsOn([longAgo]), ...uses]);
    const input = { windowDays: 30, baseline, today: TODAY };
    expect(usualOf(activity, { ...input, signal: 'total-activities' })).toBe(10);
    expect(usualOf(activity, { ...input, signal: 'login-frequency' })).toBe(2);
    expect(usualOf(activity, { ...input, signal: 'csat' })).toBeNull();
  });

  it('stays the same for 30 days, until one more period is whole', () => {
    const used = fc.uniqueArray(fc.integer({ min: TODAY - 380, max: TODAY }), { maxLength: 80 });
    fc.assert(
      fc.property(used, (loginDays) => {
        const { activity } = customerAfter(loginsOn(loginDays));
        const on = (today: number) =>
          usualOf(activity, { signal: 'login-frequency', windowDays: 30, baseline, today });
        let next = nextUsualDay(activity, { windowDays: 30, baseline, today: TODAY });
        let expected = on(TODAY);
        for (let today = TODAY + 1; today < TODAY + 300; today += 1) {
          if (today === next) {
            expected = on(today);
            next = nextUsualDay(activity, { windowDays: 30, baseline, today });
            expect(next ?? today + 30).toBe(today + 30);
          }
          expect(on(today)).toBe(expected);
        }
      }),
    );
  });
});

describe('login frequency in the framework', () => {
  const signalOn = (loginDays: readonly number[]) => {
    const facts = factsAfter(loginsOn(loginDays));
    const health = healthOf(facts, { today: TODAY, feeds: allFeeds('fresh'), currency: 'USD' });
    return health.signals.find(({ signal }) => signal === 'login-frequency');
  };

  it('does not punish a customer who always came once a week (S31)', () => {
    expect(signalOn(days(TODAY - 399, TODAY, 7))).toMatchObject({ raw: 5, norm: 4, points: 100 });
    expect(signalOn(days(TODAY - 397, TODAY, 7))).toMatchObject({ raw: 4, norm: 4, points: 80 });
    expect(signalOn(days(TODAY - 91, TODAY, 7))).toMatchObject({ raw: 5, norm: null, points: 46.67 });
  });

  it('sees a heavy user come half as often as usual, who is still a good one by days alone', () => {
    const until = days(TODAY - 399, TODAY - 30, 1.25).map(Math.floor);
    const halved = signalOn([...new Set(until), ...days(TODAY - 29, TODAY, 2.5).map(Math.floor)]);
    expect(halved).toMatchObject({ raw: 12, norm: 24, points: 20 });
    expect(CS_FRAMEWORK.signals[0]?.curve?.[2]).toEqual([10, 80, 'every other working day']);
  });

  it('is judged by days alone again when even the usual has come to nothing', () => {
    const stopped = days(TODAY - 399, TODAY - 240, 2);
    expect(signalOn(stopped)).toMatchObject({ raw: 0, norm: null, points: 0 });
  });
});
