import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { allFeeds, TODAY } from '../signals/test-support.ts';
import type { WarningInput } from './sign.ts';
import { inputAfter } from './test-support.ts';
import { findUsageDecline } from './usage-decline.ts';

/** Uses spread over windows of 30 days, newest window first; the last day of each window has one of them. */
const used = (...windows: readonly number[]) =>
  windows.flatMap((uses, index) => {
    const last = TODAY - 30 * index;
    if (uses === 0) return [];
    const report = (on: number, count: number) => given('activity.usage-reported', on, { data: { count } });
    return uses === 1 ? [report(last, 1)] : [report(last, 1), report(last - 29, uses - 1)];
  });

const signOf = (windows: readonly number[], given: Partial<WarningInput> & { isRaised?: boolean } = {}) => {
  const { isRaised = false, ...rest } = given;
  return findUsageDecline(inputAfter(used(...windows), rest), { isRaised });
};

describe('declining use (S101, D15)', () => {
  it('is 20 % less in 30 days than in the 30 before', () => {
    expect(signOf([80, 100])).toMatchObject({
      state: 'present',
      factor: {
        code: 'usage-decline',
        before: 100,
        after: 80,
        evidence: [{ about: 'use', id: null, day: TODAY }],
      },
    });
    expect(signOf([81, 100])).toMatchObject({ state: 'absent' });
    expect(signOf([300, 100])).toMatchObject({ state: 'absent' });
  });

  it('ends when use is within 10 % of what it is compared with', () => {
    expect(signOf([89, 100], { isRaised: true }).state).toBe('present');
    expect(signOf([90, 100], { isRaised: true }).state).toBe('absent');
  });

  it('is no sign with so few uses: one use instead of two (N17)', () => {
    expect(signOf([1, 2]).state).toBe('absent');
    expect(signOf([6, 10]).state).toBe('absent');
    expect(signOf([5, 10]).state).toBe('present');
  });

  it('is no sign in the rhythm of a customer who is busy in one month of three (N17)', () => {
    expect(signOf([10, 100, 11, 9, 100, 12, 10, 98]).state).toBe('absent');
    expect(signOf([1, 100, 11, 9, 100, 12, 10, 98]).state).toBe('present');
    // of a shorter history a rhythm cannot be told
    expect(signOf([10, 100, 11, 9, 100]).state).toBe('present');
  });

  it('is not known without 60 days of history, nor of a silent feed', () => {
    expect(signOf([50])).toEqual({ state: 'unknown', why: 'no-data' });
    expect(signOf([80, 100], { feeds: allFeeds('stale') })).toEqual({ state: 'unknown', why: 'feed-stale' });
    expect(signOf([80, 100], { feeds: {} })).toEqual({ state: 'unknown', why: 'feed-absent' });
    expect(findUsageDecline(inputAfter([]), { isRaised: true })).toMatchObject({ state: 'unknown' });
  });

  it('names the day its windows end on, for it is read on others', () => {
    const sign = signOf([80, 100]);
    const text = sign.state === 'present' ? sign.factor.text : '';
    expect(text).toBe('Use is falling: 80 uses in the 30 days to 2024-10-04, 100 in the 30 before');
  });

  it('does not come from the silence of a feed that has stopped, on any day until it counts as stopped', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 90, maxLength: 140 }), (counts) => {
        const lastDay = TODAY - 20;
        const steady = counts.map((count, index) =>
          given('activity.usage-reported', lastDay - index, { data: { count: 100 + (count % 3) } }),
        );
        for (let today = lastDay; today <= lastDay + 7; today += 1)
          expect(findUsageDecline(inputAfter(steady, { today }), { isRaised: false }).state).toBe('absent');
      }),
      { numRuns: 20 },
    );
  });

  it('comes within two weeks when a customer stops while others go on', () => {
    const events = Array.from({ length: 90 }, (_, index) =>
      given('activity.usage-reported', TODAY - 20 - index, { data: { count: 3 } }),
    );
    const stateOn = (today: number) =>
      findUsageDecline(inputAfter(events, { today }), { isRaised: false }).state;
    expect([stateOn(TODAY - 20 + 12), stateOn(TODAY - 20 + 13)]).toEqual(['absent', 'present']);
  });

  it('is what counting each day by hand says', () => {
    const day = fc.integer({ min: TODAY - 389, max: TODAY });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(day, fc.integer({ min: 1, max: 30 })), { maxLength: 60 }),
        fc.nat(9),
        (uses, idle) => {
          const events = uses.map(([on, count]) => given('activity.usage-reported', on, { data: { count } }));
          const today = TODAY + idle;
          const sign = findUsageDecline(inputAfter(events, { today }), { isRaised: false });
          const first = Math.min(...uses.map(([on]) => on));
          const last = Math.max(...uses.map(([on]) => on));
          const end = last >= today - 7 ? last : today - 7;
          const windows: number[] = [];
          for (let to = end; to - 29 >= first && windows.length < 13; to -= 30)
            windows.push(
              uses.filter(([on]) => on <= to && on > to - 30).reduce((sum, [, count]) => sum + count, 0),
            );
          if (windows.length < 2) {
            expect(sign.state).toBe('unknown');
            return;
          }
          const [recent = 0, before = 0, ...earlier] = windows;
          const quiet = earlier.sort((a, b) => a - b)[Math.floor((earlier.length - 1) / 4)] ?? before;
          const usual = earlier.length >= 6 && quiet < before ? quiet : before;
          expect(sign.state).toBe(recent <= 0.8 * usual && recent <= usual - 5 ? 'present' : 'absent');
        },
      ),
    );
  });
});
