import type { CustomerEvent, FeedStatuses } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import type { SignalName } from '../models/model-pack.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { SHIPPED_PACKS } from '../models/shipped-packs.ts';
import { initialSignals } from '../signals/state.ts';
import { allFeeds, anyFeeds, days, loginsOn, TODAY } from '../signals/test-support.ts';
import { healthOf } from './health-of.ts';
import type { HealthScore } from './health-score.ts';
import {
  anyFacts,
  factsAfter,
  hoursAfter,
  onlySignals,
  stoppedOn,
  ticketOpened,
  wellKnown,
  withSeats,
} from './test-support.ts';

const FRESH = allFeeds('fresh');

function score(events: readonly CustomerEvent[], feeds: FeedStatuses = FRESH, today = TODAY): HealthScore {
  return healthOf(factsAfter(events, today), { today, feeds, currency: 'USD' });
}

/** Somebody of whom all is known, with 60 of 100 seats in use. */
function scoreWellKnown(events: readonly CustomerEvent[], feeds: FeedStatuses = FRESH): HealthScore {
  const facts = withSeats(factsAfter(events), [60, 100]);
  return healthOf(facts, { today: TODAY, feeds, currency: 'USD' });
}

function signalOf(health: HealthScore, name: SignalName) {
  const { raw, points, text } = health.signals.find(({ signal }) => signal === name) ?? {};
  return { raw, points, text };
}

function whyMissing(health: HealthScore, name: SignalName): string | undefined {
  return health.missing.find(({ signal }) => signal === name)?.why;
}

describe('the signals of the framework (S91-S93)', () => {
  it('read a customer of whom all is known', () => {
    const health = scoreWellKnown(wellKnown());
    expect(health.signals.map(({ signal, raw }) => [signal, raw])).toEqual([
      ['login-frequency', 16],
      ['feature-adoption', 1],
      ['usage-trend', 6.7],
      ['seat-use', 60],
      ['ticket-load', 2],
      ['response-time', 2],
      ['resolution-time', 24],
      ['csat', 75],
      ['escalations', 0],
      ['goals-met', 100],
      ['value-realised', 75],
      ['executive-sponsor', 1],
      ['active-agreements', 1],
    ]);
    expect(health).toMatchObject({ coverageHundredths: 10_000, confidenceHundredths: 10_000, missing: [] });
    expect(health).toMatchObject({ valueHundredths: 8280, band: 'healthy', uncertain: false });
    expect([health.lowHundredths, health.highHundredths]).toEqual([8280, 8280]);
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
      ticketOpened('a', TODAY, 1),
      ticketOpened('b', TODAY, 2),
      ticketOpened('c', TODAY - 29, 3),
      ticketOpened('d', TODAY - 30, 1),
    ];
    expect(signalOf(score(tickets), 'ticket-load').raw).toBe(8 + 4 + 2);
  });

  it('take a clock that ran backwards between two systems for no time at all', () => {
    const opened = ticketOpened('T1', TODAY);
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
    expect(whyMissing(score([goal], stoppedOn(TODAY + 1), TODAY + 200), 'goals-met')).toBe('feed-stale');
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
    const health = score(stopped, stoppedOn(FRESH, 'activity', TODAY - 46));
    expect(health.missing.map(({ signal, why }) => `${signal} ${why}`)).toEqual([
      'login-frequency feed-stale',
      'feature-adoption no-data',
      'usage-trend feed-stale',
      'seat-use no-data',
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

  it('takes no fact for granted that a feed told which has stopped: it may be another by now (N2)', () => {
    const { missing, valueHundredths } = score(active, allFeeds('stale'));
    const facts = ['goals-met', 'value-realised', 'executive-sponsor', 'active-agreements'];
    expect(missing.filter(({ signal }) => facts.includes(signal))).toEqual(
      facts.map((signal) => ({ signal, why: 'feed-stale' })),
    );
    expect(valueHundredths).toBeNull();
  });

  it('does not score one signal alone, and says what is missing (N2)', () => {
    const health = score(active.filter(({ type }) => type.startsWith('feedback.')));
    expect(health).toMatchObject({
      valueHundredths: null,
      band: 'not-scorable',
      coverageHundredths: 700,
      lowHundredths: null,
      highHundredths: null,
      uncertain: false,
    });
    expect(health.missing).toHaveLength(12);
    expect(health.signals.every(({ contributionHundredths }) => contributionHundredths === 0)).toBe(true);
  });

  it('scores from half of the weight on', () => {
    const usage = active.filter(({ type }) => type.startsWith('activity.'));
    const opened = ticketOpened('T1', TODAY - 5);
    const responded = given('ticket.responded', TODAY - 5, {
      time: hoursAfter(opened, 2),
      data: { ticketId: 'T1' },
    });
    // login frequency, adoption, trend: 32; ticket load, response time, escalations: 18
    expect(score([...usage, opened, responded])).toMatchObject({
      coverageHundredths: 5000,
      valueHundredths: 8021,
    });
    expect(score([...usage, opened])).toMatchObject({ coverageHundredths: 4500, band: 'not-scorable' });
  });

  it('is uncertain where the expected but missing signals could decide the band', () => {
    const withoutGoals = active.filter(({ type }) => !type.startsWith('goal.'));
    const expected = scoreWellKnown(withoutGoals);
    expect(expected).toMatchObject({ valueHundredths: 8191, uncertain: true });
    expect([expected.lowHundredths, expected.highHundredths]).toEqual([6880, 8480]);
    const unheard = scoreWellKnown(active, stoppedOn(FRESH, 'activity'));
    expect([unheard.lowHundredths, unheard.highHundredths]).toEqual([5333, 9333]);
    const { goal: _, ...neverHeard } = FRESH;
    expect(scoreWellKnown(withoutGoals, neverHeard)).toMatchObject({
      valueHundredths: 8191,
      uncertain: false,
    });
  });

  it('trusts old evidence half', () => {
    const later = TODAY + 60;
    const events = [...active, ...loginsOn(days(TODAY + 1, later))];
    const facts = withSeats(factsAfter(events, later), [60, 100], later);
    // response time 5, resolution time 5 and satisfaction 7 rest on evidence of more than 45 days
    expect(healthOf(facts, { today: later, feeds: FRESH, currency: 'USD' })).toMatchObject({
      coverageHundredths: 10_000,
      confidenceHundredths: 9150,
    });
  });
});

describe('health as a whole', () => {
  it('changes by a day passing, with nothing new', () => {
    const facts = factsAfter(loginsOn(days(TODAY - 80, TODAY)).concat(wellKnown().slice(-5)));
    const on = (today: number) => healthOf(facts, { today, feeds: FRESH, currency: 'USD' }).valueHundredths;
    expect(Number(on(TODAY + 1))).toBeLessThan(Number(on(TODAY)));
  });

  it('has parts that sum exactly to the value, a value between low and high, and both within 0..100', () => {
    const on = fc.integer({ min: TODAY - 250, max: TODAY });
    fc.assert(
      fc.property(anyFacts(on), anyFeeds, fc.constantFrom(...SHIPPED_PACKS), (facts, feeds, model) => {
        const health = healthOf(facts, { today: TODAY, feeds, model, currency: 'USD' });
        const sum = [...health.signals, ...health.adjustments].reduce(
          (total, { contributionHundredths }) => total + contributionHundredths,
          0,
        );
        expect(sum).toBe(health.valueHundredths ?? 0);
        expect(health.signals.filter(({ raw }) => raw === null).map(({ signal }) => signal)).toEqual(
          health.missing.map(({ signal }) => signal),
        );
        expect(health.confidenceHundredths).toBeLessThanOrEqual(health.coverageHundredths);
        if (health.valueHundredths === null) return;
        expect(health.coverageHundredths).toBeGreaterThanOrEqual(5000);
        expect(health.lowHundredths).toBeGreaterThanOrEqual(0);
        expect(health.lowHundredths).toBeLessThanOrEqual(health.valueHundredths);
        expect(health.highHundredths).toBeGreaterThanOrEqual(health.valueHundredths);
        expect(health.highHundredths).toBeLessThanOrEqual(10_000);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out what is missing: the score is that of a model without these signals', () => {
    const on = fc.integer({ min: TODAY - 250, max: TODAY });
    fc.assert(
      fc.property(anyFacts(on), anyFeeds, (facts, feeds) => {
        const whole = healthOf(facts, { today: TODAY, feeds, model: CS_FRAMEWORK, currency: 'USD' });
        const present = whole.signals.filter(({ raw }) => raw !== null);
        if (whole.valueHundredths === null) return;
        const signals = CS_FRAMEWORK.signals.filter((model) =>
          present.some(({ signal }) => signal === model.signal),
        );
        const rest = healthOf(facts, {
          today: TODAY,
          feeds,
          model: { ...CS_FRAMEWORK, signals },
          currency: 'USD',
        });
        expect(rest.valueHundredths).toBe(whole.valueHundredths);
        expect(rest.signals).toEqual(present);
        expect(rest.coverageHundredths).toBe(10_000);
      }),
    );
  });

  it('knows nothing of a customer without events', () => {
    const nobody = onlySignals(initialSignals());
    for (const model of SHIPPED_PACKS) {
      const health = healthOf(nobody, { today: TODAY, feeds: {}, model, currency: 'USD' });
      expect(health).toMatchObject({ band: 'not-scorable', coverageHundredths: 0, confidenceHundredths: 0 });
      expect(new Set(health.missing.map(({ why }) => why))).toEqual(new Set(['feed-absent']));
      expect(health.missing).toHaveLength(model.signals.length);
    }
  });
});
