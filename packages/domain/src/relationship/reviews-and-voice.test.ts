import { formatDay } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import { MAX_LOOPS } from './open-loops.ts';
import { reviewsOf } from './qbr-of.ts';
import { relationshipOf } from './relationship-of.ts';
import { contextOf, customerOf, feedsOf, TODAY } from './test-support/customer.ts';
import { nextVoiceDay, voiceOf } from './voice-of.ts';

type Events = Parameters<typeof customerOf>[0];

describe('business reviews (S20)', () => {
  const held = (on: number, engagementId = `q-${on}`) =>
    given('engagement.qbr-held', on, { data: { engagementId } });
  const missed = (on: number, engagementId = `q-${on}`) =>
    given('engagement.qbr-missed', on, { data: { engagementId } });
  const scheduled = (forDay: number, engagementId: string) =>
    given('engagement.qbr-scheduled', TODAY - 50, {
      data: { engagementId, scheduledAt: `${formatDay(forDay)}T23:00:00-05:00` },
    });
  const read = (events: Events, overrides = {}) => {
    const customer = customerOf(events);
    return relationshipOf(customer, contextOf(customer, { isStrategic: true, ...overrides })).qbr;
  };

  it('of strategic accounts are due a quarter after the last one', () => {
    const reviewed = [held(TODAY - 300), held(TODAY - 90)];
    expect(read(reviewed)).toMatchObject({ lastHeldDay: TODAY - 90, dueDay: TODAY + 1, basis: 'quarterly' });
    expect(read(reviewed, { isStrategic: false }).dueDay).toBeNull();
  });

  it('are due a quarter after the beginning where none was ever held', () => {
    expect(read([given('activity.login', TODAY - 30, { data: {} })]).dueDay).toBe(TODAY + 61);
  });

  it('are due on the day that somebody set', () => {
    const set = [held(TODAY - 60), scheduled(TODAY + 3, 'b')];
    expect(read(set, { isStrategic: false })).toMatchObject({ dueDay: TODAY + 3, basis: 'scheduled' });
    expect(read([...set, held(TODAY, 'b')])).toMatchObject({ dueDay: TODAY + 91, basis: 'quarterly' });
  });

  it('are not due while the feed that would tell of them is silent (D20)', () => {
    const events = [held(TODAY - 200)];
    const silent = { dueDay: null, basis: null, lastHeldDay: TODAY - 200 };
    expect(read(events, { feeds: feedsOf('stale') })).toMatchObject({ ...silent, why: 'feed-stale' });
    expect(read(events, { feeds: {} })).toMatchObject({ ...silent, why: 'feed-absent' });
    expect(read(events, { feeds: {}, isStrategic: false }).why).toBeNull();
  });

  it('that were missed count until one is held', () => {
    expect(read([held(TODAY - 60), missed(TODAY - 20)]).missedDay).toBe(TODAY - 20);
    expect(read([held(TODAY - 10), missed(TODAY - 20)]).missedDay).toBeNull();
  });

  it('in the calendar are those that have a day', () => {
    const { relationship } = customerOf([scheduled(TODAY + 3, 'b'), held(TODAY, 'c'), scheduled(TODAY, 'a')]);
    const days = reviewsOf(relationship.engagements).map((review) => [review.id, review.scheduled.value]);
    expect(days).toEqual([
      ['a', TODAY],
      ['b', TODAY + 3],
    ]);
  });
});

describe('the voice of a customer (S106)', () => {
  const said = (on: number, more = {}) =>
    given('feedback.nps', on, { data: { score: 3, scaleMin: 0, scaleMax: 10, ...more } });
  const effort = (on: number, score: number) =>
    given('feedback.ces', on, { data: { score, scaleMin: 1, scaleMax: 7, highIsGood: false } });
  const read = (events: Events, feeds = feedsOf(), today = TODAY) => {
    const { relationship, signals } = customerOf(events);
    return voiceOf(relationship.loops, signals, { today, feeds });
  };

  it('is open until it is answered, and overdue after seven days', () => {
    const closed = said(TODAY - 30, { closedLoopAt: '2024-09-15T10:00:00Z' });
    const events = [closed, said(TODAY - 8), said(TODAY - 7), said(TODAY)];
    expect(read(events)).toMatchObject({
      openLoops: 3,
      overdueLoops: 1,
      oldestOpenDay: TODAY - 8,
      isCapped: false,
    });
    const { relationship, signals } = customerOf(events);
    expect(nextVoiceDay(relationship.loops.slice(-2), signals, TODAY)).toBe(TODAY + 1);
  });

  it('fades after a year', () => {
    expect(read([said(TODAY - 364)]).openLoops).toBe(1);
    expect(read([said(TODAY - 365)])).toMatchObject({ openLoops: 0, oldestOpenDay: null });
  });

  it('is at least as much as is kept', () => {
    const many = Array.from({ length: MAX_LOOPS + 5 }, () => said(TODAY));
    expect(read(many)).toMatchObject({ openLoops: MAX_LOOPS, isCapped: true });
  });

  it('tells the ease of 90 days, against the target of 83.33 (S111, D18)', () => {
    expect(read([effort(TODAY, 2)])).toMatchObject({ easeHundredths: 8_333, isEaseOnTarget: false });
    expect(read([effort(TODAY, 2), effort(TODAY, 1)])).toMatchObject({
      easeHundredths: 9_167,
      isEaseOnTarget: true,
    });
    expect(read([effort(TODAY - 89, 2), effort(TODAY - 90, 1)]).easeHundredths).toBe(8_333);
  });

  it('has no ease without answers, nor while the feed is silent', () => {
    expect(read([]).why).toBe('no-data');
    expect(read([effort(TODAY - 90, 2)])).toMatchObject({ easeHundredths: null, why: 'no-data' });
    expect(read([effort(TODAY, 2)], feedsOf('stale'))).toMatchObject({
      easeHundredths: null,
      why: 'feed-stale',
    });
    expect(read([], {}).why).toBe('feed-absent');
  });
});
