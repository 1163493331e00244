import { formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { allFeeds, TODAY } from '../signals/test-support.ts';
import { expectSteadyUntilNextDay, shuffled } from '../value/test-support.ts';
import { decideQbrDue, type PublishedQbrDue } from './decide-qbr-due.ts';
import { findQuarterlyReview } from './quarterly-review.ts';
import { nextReviewDayOf, reviewStandingOf } from './review-days.ts';
import { latestScheduledDay } from './reviews.ts';
import type { WarningInput } from './sign.ts';
import { inputAfter, reviewsAfter, WORTH } from './test-support.ts';

const scheduled = (on: number, told = on - 20, engagementId = `r${on}`) =>
  given('engagement.qbr-scheduled', told, {
    data: { engagementId, scheduledAt: `${formatDay(on)}T09:00:00Z` },
  });
const held = (on: number) => given('engagement.qbr-held', on, { data: { engagementId: 'held' } });
const missed = (on: number) => given('engagement.qbr-missed', on, { data: { engagementId: 'missed' } });

type Events = Parameters<typeof inputAfter>[0];
const codeOf = (events: Events, given: Partial<WarningInput> = {}) => {
  const sign = findQuarterlyReview(inputAfter(events, given));
  return sign.state === 'present' ? sign.factor.code : sign.state;
};

describe('scheduled reviews', () => {
  it('are on the day last told, as the source wrote it', () => {
    const moved = [scheduled(TODAY, TODAY - 20, 'r'), scheduled(TODAY + 30, TODAY - 5, 'r')];
    expect(latestScheduledDay(reviewsAfter(moved))).toBe(TODAY + 30);
    const east = given('engagement.qbr-scheduled', TODAY, {
      data: { engagementId: 'r', scheduledAt: '2024-10-04T00:30:00+09:00' },
    });
    expect(latestScheduledDay(reviewsAfter([east]))).toBe(TODAY);
    expect(latestScheduledDay([])).toBeNull();
  });

  it('are the same in any order and after repeats (N5), and let go when they are old', () => {
    const any = fc
      .tuple(fc.integer({ min: TODAY - 300, max: TODAY + 60 }), fc.nat(40), fc.constantFrom('a', 'b', 'c'))
      .map(([on, before, id]) => scheduled(on, on - before, id));
    fc.assert(
      fc.property(shuffled(any), ([one, other]) => {
        expect(reviewsAfter([...one, ...other])).toEqual(reviewsAfter(one));
      }),
    );
    expect(reviewsAfter([scheduled(TODAY - 500)])).toEqual([]);
  });
});

describe('missed and overdue reviews (S101, D15)', () => {
  it('are overdue more than 14 days after the day they were scheduled for', () => {
    expect(codeOf([scheduled(TODAY - 14)])).toBe('absent');
    expect(codeOf([scheduled(TODAY - 15)])).toBe('review-overdue');
    expect(codeOf([scheduled(TODAY - 15), held(TODAY - 29)])).toBe('absent');
    expect(codeOf([scheduled(TODAY - 15), held(TODAY - 30)])).toBe('review-overdue');
    expect(codeOf([scheduled(TODAY - 15), scheduled(TODAY + 9)])).toBe('absent');
  });

  it('are due to strategic accounts a quarter after the last one', () => {
    const long = [held(TODAY - 91 - 15)];
    expect(codeOf(long)).toBe('absent');
    expect(codeOf(long, { isStrategic: true })).toBe('review-overdue');
    expect(codeOf([held(TODAY - 91 - 14)], { isStrategic: true })).toBe('absent');
  });

  it('are missed until one is held, for half a year at most', () => {
    expect(codeOf([held(TODAY - 90), missed(TODAY - 3)])).toBe('review-missed');
    expect(codeOf([missed(TODAY - 3), held(TODAY - 3)])).toBe('absent');
    expect(codeOf([missed(TODAY - 3), scheduled(TODAY + 9)])).toBe('review-missed');
    expect(codeOf([missed(TODAY - 181)])).toBe('review-missed');
    expect(codeOf([missed(TODAY - 182)])).toBe('absent');
  });

  it('are not known of a customer of whom no review was ever told, nor of a silent feed', () => {
    const strategic = { isStrategic: true, sinceDay: TODAY - 900 };
    expect(codeOf([], strategic)).toBe('unknown');
    expect(codeOf([missed(TODAY)], { feeds: allFeeds('stale') })).toBe('unknown');
    expect(codeOf([missed(TODAY)], { feeds: {} })).toBe('unknown');
  });
});

describe('reviews that are due (S20)', () => {
  const strategic = { isStrategic: true, sinceDay: TODAY - 300 };
  const after = (events: Events, given: Partial<WarningInput> = {}) =>
    inputAfter(events, { ...strategic, ...given });
  const decided = (previous: PublishedQbrDue, events: Events, given: Partial<WarningInput> = {}) => {
    const { published, situations } = decideQbrDue(previous, after(events, given), WORTH);
    return { published, told: situations.map(({ type, code, dueDay }) => [type, code, dueDay]) };
  };

  it('are a quarter after the last one, or after the relation began', () => {
    const due = (events: Events, sinceDay: number | null = TODAY - 300) =>
      reviewStandingOf(after(events, { sinceDay })).dueDay;
    expect([due([held(TODAY - 50)]), due([]), due([], null)]).toEqual([TODAY + 41, TODAY - 209, null]);
    expect(reviewStandingOf(inputAfter([held(TODAY - 50)])).dueDay).toBeNull();
    expect(reviewStandingOf(after([held(TODAY - 50), scheduled(TODAY + 60)]))).toMatchObject({
      dueDay: TODAY + 60,
      basis: 'scheduled',
    });
  });

  it('are told once, 14 days ahead, while nothing is scheduled', () => {
    expect(decided(null, [held(TODAY - 91 + 15)]).told).toEqual([]);
    const told = decided(null, [held(TODAY - 91 + 14)]);
    expect(told).toEqual({
      published: { dueDay: TODAY + 14 },
      told: [['review.qbr-due.raised', 'not-scheduled', TODAY + 14]],
    });
    expect(decided(told.published, [held(TODAY - 91 + 14)]).told).toEqual([]);
    expect(decided(null, [held(TODAY - 91), scheduled(TODAY + 30)]).told).toEqual([]);
  });

  it('are settled when one is scheduled or held, or the account is not strategic any more', () => {
    const previous = { dueDay: TODAY };
    const before = held(TODAY - 91);
    const codes = [
      decided(previous, [before, scheduled(TODAY + 30)]),
      decided(previous, [before, held(TODAY)]),
      decided(previous, [before], { isStrategic: false }),
      decided(previous, [], { sinceDay: null }),
    ].map(({ published, told }) => [published, told[0]?.[1]]);
    expect(codes).toEqual([
      [null, 'scheduled'],
      [null, 'not-due'],
      [null, 'not-strategic'],
      [null, 'not-due'],
    ]);
  });

  it('stand as they were while the feed is silent (D20)', () => {
    const previous = { dueDay: TODAY };
    const silent = { feeds: allFeeds('stale'), isStrategic: false };
    expect(decided(previous, [held(TODAY)], silent)).toEqual({ published: previous, told: [] });
    expect(decided(null, [], { feeds: {} })).toEqual({ published: null, told: [] });
  });

  it('fall due, and are overdue, with no event on the days named only', () => {
    const on = fc.integer({ min: TODAY - 200, max: TODAY });
    const any = fc.oneof(
      on.map((day) => held(day)),
      on.map((day) => missed(day)),
      on.map((day) => scheduled(day + 40, day)),
    );
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 4 }),
        fc.boolean(),
        fc.option(on),
        (list, isStrategic, sinceDay) => {
          const input = (today: number) => inputAfter(list, { today, isStrategic, sinceDay });
          expectSteadyUntilNextDay(
            (today) => [findQuarterlyReview(input(today)), decideQbrDue(null, input(today), WORTH).published],
            (today) => nextReviewDayOf(input(today)),
            { from: TODAY, to: TODAY + 250 },
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
