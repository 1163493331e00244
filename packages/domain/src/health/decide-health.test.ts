import type { CustomerEvent, Reason } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given, givenAgreement } from '../customer/test-support.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { allFeeds, anyFact, anyFeeds, anyIncrement, days, loginsOn, TODAY } from '../signals/test-support.ts';
import { decideHealth, type HealthDecision, type PublishedHealth } from './decide-health.ts';
import { healthOf } from './health-of.ts';
import type { HealthScore } from './health-score.ts';
import { factsAfter } from './test-support.ts';

const FRESH = allFeeds('fresh');
const WORTH = { currency: 'USD', valueMinor: 120_000_00, model: CS_FRAMEWORK };

/** Facts that hold for long, so that what moves the score is use alone. */
const standing: readonly CustomerEvent[] = [
  given('goal.set', TODAY - 60, { data: { goalId: 'g1', target: 100 } }),
  given('goal.met', TODAY - 3, { data: { goalId: 'g1' } }),
  given('goal.value-realised', TODAY - 3, { data: { goalId: 'g1', actual: 20 } }),
  given('contact.created', TODAY - 90, { data: { contactId: 'ann', isSponsor: true } }),
  givenAgreement('created', TODAY - 90, { perpetual: true }),
  given('feedback.csat', TODAY - 89, { data: { score: 90, scaleMin: 0, scaleMax: 100 } }),
];
const stopped = [...standing, ...loginsOn(days(TODAY - 90, TODAY - 31, 3))];
const inUse = [...standing, ...loginsOn(days(TODAY - 90, TODAY, 3))];

function score(events: readonly CustomerEvent[], { today = TODAY, feeds = FRESH } = {}) {
  return healthOf(factsAfter(events, today), { today, feeds, currency: 'USD' });
}

function decide(published: PublishedHealth | null, ...scored: Parameters<typeof score>): HealthDecision {
  return decideHealth(published, score(...scored), WORTH);
}

const sumOf = (reasons: readonly Reason[]) =>
  reasons.reduce((sum, { contribution }) => sum + contribution, 0);

describe('what is published of health (N1)', () => {
  const first = decide(null, inUse);

  it('is the first value, whole: every signal known with its part, summing to the value', () => {
    expect(first.change).toMatchObject({
      type: 'score.health.changed',
      unit: 'hundredths',
      previous: null,
      delta: null,
      previousBand: null,
      model: { id: 'cs-framework' },
    });
    expect(first.change?.reasons.map(({ signal }) => signal)).toEqual([
      'login-frequency',
      'usage-trend',
      'csat',
      'goals-met',
      'value-realised',
      'executive-sponsor',
      'active-agreements',
    ]);
    expect(sumOf(first.change?.reasons ?? [])).toBe(first.change?.value);
  });

  it('is nothing while the score stays within half a point', () => {
    const again = decide(first.published, inUse);
    expect(again).toEqual({ change: null, situations: [], published: first.published });
    expect(again.published).toBe(first.published);
  });

  it('is a change from half a point on, or when the band becomes uncertain', () => {
    const same = score(inUse);
    const moved = (hundredths: number) => ({
      ...same,
      valueHundredths: Number(same.valueHundredths) + hundredths,
    });
    const isPublished = (later: HealthScore) => decideHealth(first.published, later, WORTH).change !== null;
    expect([moved(49), moved(-49), moved(50), moved(-50)].map(isPublished)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(isPublished({ ...same, uncertain: !same.uncertain })).toBe(true);
  });

  it('is a change with what it was before, told against what was last published', () => {
    const { change } = decide(first.published, [...inUse, ...loginsOn([TODAY - 1, TODAY - 2])]);
    expect(change?.previous).toBe(first.change?.value);
    expect(change?.delta).toBe(Number(change?.value) - Number(change?.previous));
    expect(change?.reasons.map(({ text }) => text)).toEqual([
      'used on 12 of the last 30 days, was 10',
      'use up 20 % on the 30 days before, was unchanged',
    ]);
    expect(sumOf(change?.reasons ?? [])).toBe(change?.delta);
  });

  it('names the signals that went missing, and how the others came to count for more', () => {
    const { change } = decide(first.published, inUse, {
      feeds: { ...FRESH, activity: { status: 'stale', lastDay: TODAY } },
    });
    expect(change).toMatchObject({ value: null, band: 'not-scorable', delta: null });
    const later = decide(first.published, inUse, {
      feeds: { ...FRESH, feedback: { status: 'stale', lastDay: TODAY } },
    });
    expect(later.change?.reasons.find(({ signal }) => signal === 'csat')).toMatchObject({
      before: 90,
      after: null,
      text: 'CSAT not known: the feedback feed has stopped, was 90',
    });
    expect(later.change?.reasons.find(({ signal }) => signal === 'executive-sponsor')?.text).toBe(
      '1 active executive sponsor, as before; counts more beside the other signals',
    );
    expect(sumOf(later.change?.reasons ?? [])).toBe(later.change?.delta);
  });

  it('says of a customer who cannot be scored what is missing, and raises nothing (N2)', () => {
    const { change, situations, published } = decide(null, standing.slice(-1));
    expect(situations).toEqual([]);
    expect(change).toMatchObject({
      value: null,
      band: 'not-scorable',
      delta: null,
      coverage: 700,
      uncertain: false,
    });
    expect(change?.missing).toHaveLength(12);
    expect(change?.reasons).toHaveLength(12);
    expect(change?.reasons.every(({ contribution }) => contribution === 0)).toBe(true);
    expect(published).toMatchObject({ valueHundredths: null, atRisk: false });
  });

  it('carries every part and reading, so that the score can be drawn from the change alone', () => {
    const parts = first.change?.parts ?? {};
    expect(parts['login-frequency.raw']).toBe(10);
    expect(parts).not.toHaveProperty('ticket-load');
    const sum = Object.entries(parts).reduce(
      (total, [name, part]) => total + (name.endsWith('.raw') ? 0 : (part ?? 0)),
      0,
    );
    expect(sum).toBe(first.change?.value);
  });

  it('tells all that is missing once, and while there is no score only what came or went', () => {
    const login = loginsOn([TODAY]);
    const nothing = decide(null, login);
    expect(nothing.published.valueHundredths).toBeNull();
    const named = (decided: HealthDecision) => decided.change?.reasons.map(({ signal }) => signal);
    expect(named(nothing)).toEqual(nothing.published.missing.map(({ signal }) => signal));
    const surveyed = given('feedback.csat', TODAY, { data: { score: 90, scaleMin: 0, scaleMax: 100 } });
    const more = decide(nothing.published, [...login, surveyed]);
    expect(more.published.valueHundredths).toBeNull();
    expect(named(more)).toEqual(['csat']);
  });

  it('has reasons that sum exactly, whatever happens between two publications', () => {
    const on = fc.integer({ min: TODAY - 200, max: TODAY });
    const events = fc.array(fc.oneof(anyIncrement(on), anyFact(on)), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.tuple(events, anyFeeds),
        fc.tuple(events, anyFeeds),
        ([before, feeds], [more, feedsLater]) => {
          const known = [...inUse, ...before];
          const one = decide(null, known, { feeds });
          const two = decide(one.published, [...known, ...more], {
            feeds: feedsLater,
            today: TODAY + more.length,
          });
          for (const { change } of [one, two]) {
            if (change === null) continue;
            const expected = change.value === null ? 0 : (change.delta ?? change.value);
            expect(sumOf(change.reasons)).toBe(expected);
          }
          const again = decide(two.published, [...known, ...more], {
            feeds: feedsLater,
            today: TODAY + more.length,
          });
          expect(again).toEqual({ change: null, situations: [], published: two.published });
        },
      ),
    );
  });
});

describe('a customer at risk (S62)', () => {
  it('is raised below 50, in words that stay true: no reading stands in the title (N1)', () => {
    const before = decide(null, inUse);
    const { situations, change, published } = decide(before.published, stopped);
    expect(before.situations).toEqual([]);
    expect(change?.band).toBe('at-risk');
    expect(situations).toMatchObject([
      {
        type: 'risk.at-risk.raised',
        cause: 'health',
        code: 'health-below-50',
        text: 'Health fell below 50; weakest then: login frequency, usage trend, value realised',
        valueMinor: 120_000_00,
        currency: 'USD',
      },
    ]);
    expect(published.atRisk).toBe(true);
    expect(decide(published, stopped).situations).toEqual([]);
  });

  it('has the reasons of the health change, each with the moment that it speaks of', () => {
    const before = decide(null, inUse);
    const { situations, change } = decide(before.published, stopped);
    const [health, ...others] = situations[0]?.reasons ?? [];
    const previous = before.change?.value ?? 0;
    expect(health).toEqual({
      signal: 'health',
      contribution: 0,
      before: previous,
      after: 4864,
      text: `when raised: health 48.64, was ${(previous / 100).toFixed(2)}`,
    });
    expect(others).toEqual(
      change?.reasons.map((reason) => ({ ...reason, text: `when raised: ${reason.text}` })),
    );
  });

  it('stays so until 55 is reached', () => {
    const { published } = decide(null, stopped);
    const recovering = (uses: number) => [...stopped, ...loginsOn(days(TODAY - uses + 1, TODAY))];
    const slightly = decide(published, recovering(1));
    expect(slightly.change).toMatchObject({ band: 'needs-attention', value: 5143 });
    expect(slightly.situations).toEqual([]);
    const clearly = decide(slightly.published, recovering(3));
    expect(clearly.situations).toMatchObject([{ type: 'risk.at-risk.cleared', code: 'health-recovered' }]);
    expect(clearly.published.atRisk).toBe(false);
  });

  it('is not cleared by a score that cannot be made any more', () => {
    const { published } = decide(null, stopped);
    const unknown = decide(published, stopped, { feeds: {} });
    expect(unknown.change?.band).toBe('not-scorable');
    expect(unknown.situations).toEqual([]);
    expect(unknown.published.atRisk).toBe(true);
  });
});

describe('data that goes missing', () => {
  const barelyFine = [...stopped, ...loginsOn([TODAY])];
  const realised = (actual: number) =>
    given('goal.value-realised', TODAY, { data: { goalId: 'g1', actual } });
  const withoutFeedback = { ...FRESH, feedback: { status: 'stale', lastDay: TODAY } } as const;
  const before = decide(null, [...stopped, ...loginsOn([TODAY, TODAY - 1])]);

  it('raises nothing by itself, however low the rest leaves the score', () => {
    const start = decide(null, barelyFine);
    expect(start.change).toMatchObject({ band: 'needs-attention', value: 5143 });
    const lost = decide(start.published, barelyFine, { feeds: withoutFeedback });
    expect(lost.change).toMatchObject({ band: 'at-risk', value: 4624 });
    expect(lost.situations).toEqual([]);
    expect(lost.published.lost).toEqual([{ signal: 'csat', points: 90 }]);
    const moved = decide(lost.published, [...barelyFine, realised(25)], { feeds: withoutFeedback });
    expect(moved.change).toMatchObject({ band: 'at-risk', value: 4701 });
    expect(moved.situations).toEqual([]);
  });

  it('clears nothing by itself either', () => {
    const unhappy = given('feedback.csat', TODAY, { data: { score: 0, scaleMin: 0, scaleMax: 100 } });
    const troubled = [...stopped, unhappy, unhappy, ...loginsOn(days(TODAY - 3, TODAY))];
    const start = decide(null, troubled);
    expect(start.change?.band).toBe('needs-attention');
    const atRisk = { ...start.published, atRisk: true };
    const lost = decide(atRisk, troubled, { feeds: withoutFeedback });
    expect(lost.change?.value).toBeGreaterThanOrEqual(5500);
    expect(lost.published.atRisk).toBe(true);
  });

  it('shields nobody from what happens besides', () => {
    const lost = decide(before.published, barelyFine, { feeds: withoutFeedback });
    expect(lost.situations).toEqual([]);
    const sponsorLeft = given('contact.left', TODAY, { data: { contactId: 'ann' } });
    const worse = decide(lost.published, [...barelyFine, sponsorLeft], { feeds: withoutFeedback });
    expect(worse.situations).toMatchObject([{ type: 'risk.at-risk.raised' }]);
  });

  it('counts for evidence of one customer that grew too old until something else moves the score', () => {
    const start = decide(null, barelyFine);
    const tomorrow = { today: TODAY + 1 };
    const aged = decide(start.published, barelyFine, tomorrow);
    expect(aged.change?.missing).toContainEqual({ signal: 'csat', why: 'no-data' });
    expect(aged.change?.band).toBe('at-risk');
    expect(aged.situations).toEqual([]);
    expect(decide(aged.published, barelyFine, tomorrow).situations).toEqual([]);
    expect(decide(aged.published, [...barelyFine, realised(25)], tomorrow).situations).toMatchObject([
      { type: 'risk.at-risk.raised' },
    ]);
  });

  it('never raises or clears, whichever feeds fall silent', () => {
    const on = fc.integer({ min: TODAY - 200, max: TODAY });
    const events = fc.array(fc.oneof(anyIncrement(on), anyFact(on)), { maxLength: 30 });
    const silent = fc.subarray(['activity', 'ticket', 'feedback'] as const);
    fc.assert(
      fc.property(events, silent, (happened, feeds) => {
        const known = [...inUse, ...happened];
        const start = decide(null, known);
        const stale = Object.fromEntries(
          feeds.map((feed) => [feed, { status: 'stale' as const, lastDay: TODAY }]),
        );
        expect(decide(start.published, known, { feeds: { ...FRESH, ...stale } }).situations).toEqual([]);
      }),
    );
  });
});
