import type { CustomerEvent, FeedStatuses } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import type { SignalName } from '../models/model-pack.ts';
import { initialSignals } from '../signals/state.ts';
import {
  allFeeds,
  anyFact,
  anyFeeds,
  anyIncrement,
  customerAfter,
  days,
  loginsOn,
  TODAY,
} from '../signals/test-support.ts';
import { type HealthScore, scoreHealth } from './score-health.ts';

const FRESH = allFeeds('fresh');

const ticket = (id: string, on: number, severity = 3) =>
  given('ticket.opened', on, { data: { ticketId: id, severity } });
const hoursAfter = (event: CustomerEvent, hours: number) => event.time + hours * 3_600_000;

/** Somebody of whom all ten signals are known. */
function wellKnown(): CustomerEvent[] {
  const opened = ticket('T1', TODAY - 5);
  return [
    ...loginsOn(days(TODAY - 90, TODAY, 2)),
    given('activity.feature-used', TODAY - 1, { data: { feature: 'reports' } }),
    opened,
    given('ticket.responded', TODAY - 5, { time: hoursAfter(opened, 2), data: { ticketId: 'T1' } }),
    given('ticket.resolved', TODAY - 4, { time: hoursAfter(opened, 24), data: { ticketId: 'T1' } }),
    given('feedback.csat', TODAY - 10, { data: { score: 4, scaleMin: 1, scaleMax: 5 } }),
    given('goal.set', TODAY - 60, { data: { goalId: 'g1', target: 200, dueDate: '2024-10-01' } }),
    given('goal.met', TODAY - 3, { data: { goalId: 'g1' } }),
    given('goal.value-realised', TODAY - 3, { data: { goalId: 'g1', actual: 150 } }),
    given('contact.created', TODAY - 90, { data: { contactId: 'ann', isSponsor: true } }),
  ];
}

function score(events: readonly CustomerEvent[], feeds: FeedStatuses = FRESH, today = TODAY): HealthScore {
  return scoreHealth(customerAfter(events, today), { today, feeds });
}

function signalOf(health: HealthScore, name: SignalName) {
  const { raw, points, text } = health.signals.find(({ signal }) => signal === name) ?? {};
  return { raw, points, text };
}

function whyMissing(health: HealthScore, name: SignalName): string | undefined {
  return health.missing.find(({ signal }) => signal === name)?.why;
}

describe('the ten signals (S91-S93)', () => {
  it('read a customer of whom all is known', () => {
    const health = score(wellKnown());
    expect(health.signals.map(({ signal, raw }) => [signal, raw])).toEqual([
      ['login-frequency', 16],
      ['feature-adoption', 1],
      ['usage-trend', 6.7],
      ['ticket-load', 2],
      ['response-time', 2],
      ['resolution-time', 24],
      ['csat', 75],
      ['goals-met', 100],
      ['value-realised', 75],
      ['executive-sponsor', 1],
    ]);
    expect(health).toMatchObject({ coverageHundredths: 10_000, confidenceHundredths: 10_000, missing: [] });
    expect(health).toMatchObject({ valueHundredths: 8260, band: 'healthy', uncertain: false });
    expect([health.lowHundredths, health.highHundredths]).toEqual([8260, 8260]);
  });

  it('say what they read in plain words', () => {
    const health = score(wellKnown());
    expect(signalOf(health, 'login-frequency').text).toBe('used on 16 of the last 30 days');
    expect(signalOf(health, 'usage-trend').text).toBe('use up 6.7 % on the 30 days before');
    expect(signalOf(health, 'response-time').text).toBe(
      'first response after 2 hours on average in the last 90 days',
    );
  });

  it('weigh tickets by severity, each step twice the next', () => {
    const tickets = [
      ticket('a', TODAY, 1),
      ticket('b', TODAY, 2),
      ticket('c', TODAY - 29, 3),
      ticket('d', TODAY - 30, 1),
    ];
    expect(signalOf(score(tickets), 'ticket-load').raw).toBe(8 + 4 + 2);
  });

  it('take a clock that ran backwards between two systems for no time at all', () => {
    const opened = ticket('T1', TODAY);
    const responded = given('ticket.responded', TODAY, {
      time: hoursAfter(opened, -3),
      data: { ticketId: 'T1' },
    });
    expect(signalOf(score([opened, responded]), 'response-time').raw).toBe(0);
  });

  it('do not take a start for growth: a trend needs two windows of history', () => {
    const startedDaysAgo = (count: number) => score(loginsOn(days(TODAY - count, TODAY)));
    expect(whyMissing(startedDaysAgo(58), 'usage-trend')).toBe('no-data');
    expect(signalOf(startedDaysAgo(59), 'usage-trend').raw).toBe(0);
  });

  it('count a sponsor who left, and say nothing where none was ever named', () => {
    const ann = given('contact.created', TODAY - 9, { data: { contactId: 'ann', isSponsor: true } });
    const bob = given('contact.created', TODAY - 9, { data: { contactId: 'bob' } });
    const left = given('contact.left', TODAY, { data: { contactId: 'ann' } });
    expect(signalOf(score([ann, bob]), 'executive-sponsor').points).toBe(100);
    expect(signalOf(score([ann, bob, left]), 'executive-sponsor').points).toBe(0);
    expect(whyMissing(score([bob]), 'executive-sponsor')).toBe('no-data');
  });

  it('keep a sponsor gone while the record of the person is only changed, until it is created anew', () => {
    const about = (type: 'contact.created' | 'contact.changed', on: number) =>
      given(type, on, { data: { contactId: 'ann', isSponsor: true } });
    const left = given('contact.left', TODAY - 5, { data: { contactId: 'ann' } });
    const gone = [about('contact.created', TODAY - 9), left, about('contact.changed', TODAY - 4)];
    expect(signalOf(score(gone), 'executive-sponsor').raw).toBe(0);
    expect(signalOf(score([...gone, about('contact.created', TODAY - 3)]), 'executive-sponsor').raw).toBe(1);
  });

  it('count a goal as missed from the day after it was due, and as met even when late', () => {
    const goal = given('goal.set', TODAY - 50, { data: { goalId: 'g', dueDate: '2024-10-04' } });
    expect(whyMissing(score([goal]), 'goals-met')).toBe('no-data');
    expect(signalOf(score([goal], FRESH, TODAY + 1), 'goals-met').raw).toBe(0);
    const met = given('goal.met', TODAY + 9, { data: { goalId: 'g' } });
    expect(signalOf(score([goal, met], FRESH, TODAY + 9), 'goals-met').raw).toBe(100);
  });

  it('do not call a goal missed when the goal feed stopped before it was due', () => {
    const goal = given('goal.set', TODAY - 50, { data: { goalId: 'g', dueDate: '2024-10-04' } });
    const stoppedOn = (lastDay: number): FeedStatuses => ({ goal: { status: 'stale', lastDay } });
    const health = score([goal], stoppedOn(TODAY), TODAY + 200);
    expect(whyMissing(health, 'goals-met')).toBe('feed-stale');
    expect(signalOf(score([goal], stoppedOn(TODAY + 1), TODAY + 200), 'goals-met').raw).toBe(0);
  });

  it('cap the value realised of each goal at its target, so that one success hides no failure', () => {
    const realised = (goalId: string, actual: number) =>
      given('goal.value-realised', TODAY, { data: { goalId, target: 100, actual } });
    expect(signalOf(score([realised('a', 500), realised('b', 0)]), 'value-realised').raw).toBe(50);
    const noTarget = given('goal.value-realised', TODAY, { data: { goalId: 'c', target: 0, actual: 5 } });
    expect(whyMissing(score([noTarget]), 'value-realised')).toBe('no-data');
  });
});

describe('silence and absence (S76, D20, design 3.4)', () => {
  const active = wellKnown();
  const stopped = active.filter(({ type, day }) => !type.startsWith('activity.') || day < TODAY - 45);

  it('scores a customer lower who used to log in and stopped, while the feed is fresh', () => {
    const health = score(stopped);
    expect(signalOf(health, 'login-frequency')).toMatchObject({ raw: 0, points: 0 });
    expect(signalOf(health, 'usage-trend')).toMatchObject({ raw: -100, points: 0 });
    expect(signalOf(health, 'usage-trend').text).toBe('no use in the last 30 days');
    expect(Number(health.valueHundredths)).toBeLessThan(Number(score(active).valueHundredths));
  });

  it('calls the same customer unknown in these signals when the whole feed stopped', () => {
    const health = score(stopped, { ...FRESH, activity: { status: 'stale', lastDay: TODAY - 46 } });
    expect(health.missing.map(({ signal, why }) => `${signal} ${why}`)).toEqual([
      'login-frequency feed-stale',
      'feature-adoption no-data',
      'usage-trend feed-stale',
    ]);
    expect(health.coverageHundredths).toBe(6000);
    expect(signalOf(health, 'login-frequency')).toEqual({
      raw: null,
      points: null,
      text: 'login frequency not known: the activity feed has stopped',
    });
  });

  it('tells a customer who never used a thing from a tenant that never reported it', () => {
    expect(whyMissing(score([], FRESH), 'ticket-load')).toBe('no-data');
    expect(whyMissing(score([], {}), 'ticket-load')).toBe('feed-absent');
  });

  it('holds facts that stay true without a fresh feed', () => {
    const health = score(active, allFeeds('stale'));
    expect(health.missing.map(({ signal }) => signal)).not.toContain('executive-sponsor');
    expect(signalOf(health, 'goals-met').raw).toBe(100);
    expect(signalOf(health, 'value-realised').raw).toBe(75);
  });

  it('does not score one signal of ten, and says what is missing (N2)', () => {
    const health = score(active.filter(({ type }) => type.startsWith('feedback.')));
    expect(health).toMatchObject({
      valueHundredths: null,
      band: 'not-scorable',
      coverageHundredths: 800,
      lowHundredths: null,
      highHundredths: null,
      uncertain: false,
    });
    expect(health.missing).toHaveLength(9);
    expect(health.signals.every(({ contributionHundredths }) => contributionHundredths === 0)).toBe(true);
  });

  it('scores from half of the weight on', () => {
    const usageAnd = (...families: string[]) =>
      score(
        active.filter(({ type }) =>
          ['activity', ...families].some((family) => type.startsWith(`${family}.`)),
        ),
      );
    expect(usageAnd('contact')).toMatchObject({ coverageHundredths: 5000, valueHundredths: 7841 });
    expect(usageAnd('feedback')).toMatchObject({ coverageHundredths: 4800, band: 'not-scorable' });
  });

  it('is uncertain where the expected but missing signals could decide the band', () => {
    const withoutGoals = active.filter(({ type }) => !type.startsWith('goal.'));
    const expected = score(withoutGoals);
    expect(expected).toMatchObject({ valueHundredths: 8138, uncertain: true });
    expect([expected.lowHundredths, expected.highHundredths]).toEqual([6510, 8510]);
    const stopped = score(active, { ...FRESH, activity: { status: 'stale', lastDay: TODAY } });
    expect([stopped.lowHundredths, stopped.highHundredths]).toEqual([5340, 9340]);
    const { goal: _, ...neverHeard } = FRESH;
    expect(score(withoutGoals, neverHeard)).toMatchObject({ valueHundredths: 8138, uncertain: false });
  });

  it('trusts old evidence half', () => {
    const later = TODAY + 60;
    const events = [...active, ...loginsOn(days(TODAY + 1, later))];
    // response time 6, resolution time 6 and satisfaction 8 rest on evidence of more than 45 days
    expect(score(events, FRESH, later)).toMatchObject({
      coverageHundredths: 10_000,
      confidenceHundredths: 9000,
    });
  });
});

describe('health as a whole', () => {
  it('changes by a day passing, with nothing new', () => {
    const state = customerAfter(loginsOn(days(TODAY - 80, TODAY)).concat(wellKnown().slice(-4)));
    const on = (today: number) => scoreHealth(state, { today, feeds: FRESH }).valueHundredths;
    expect(Number(on(TODAY + 1))).toBeLessThan(Number(on(TODAY)));
  });

  it('has contributions that sum exactly to the value, a value between low and high, and both within 0..100', () => {
    const on = fc.integer({ min: TODAY - 150, max: TODAY });
    const events = fc.array(fc.oneof(anyIncrement(on), anyFact(on)), { maxLength: 40 });
    fc.assert(
      fc.property(events, anyFeeds, (happened, feeds) => {
        const health = score(happened, feeds);
        const sum = health.signals.reduce((total, signal) => total + signal.contributionHundredths, 0);
        expect(sum).toBe(health.valueHundredths ?? 0);
        expect(health.signals.filter(({ raw }) => raw === null).map(({ signal }) => signal)).toEqual(
          health.missing.map(({ signal }) => signal),
        );
        expect(health.valueHundredths === null).toBe(health.coverageHundredths < 5000);
        expect(health.confidenceHundredths).toBeLessThanOrEqual(health.coverageHundredths);
        if (health.valueHundredths === null) return;
        expect(health.lowHundredths).toBeGreaterThanOrEqual(0);
        expect(health.lowHundredths).toBeLessThanOrEqual(health.valueHundredths);
        expect(health.highHundredths).toBeGreaterThanOrEqual(health.valueHundredths);
        expect(health.highHundredths).toBeLessThanOrEqual(10_000);
      }),
    );
  });

  it('knows nothing of a customer without events', () => {
    const health = scoreHealth(initialSignals(), { today: TODAY, feeds: {} });
    expect(health).toMatchObject({ band: 'not-scorable', coverageHundredths: 0, confidenceHundredths: 0 });
    expect(health.missing.map(({ why }) => why)).toEqual(Array(10).fill('feed-absent'));
  });
});
