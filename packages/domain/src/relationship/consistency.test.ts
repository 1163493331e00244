import type { CustomerEvent } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { days, loginsOn } from '../signals/test-support.ts';
import { consistencyOf, consistencyOfWeeks } from './consistency-of.ts';
import { nextRelationshipDay } from './next-relationship-day.ts';
import { type ParadoxInput, paradoxOf } from './paradox-of.ts';
import { largestShareOf, relationshipOf } from './relationship-of.ts';
import { contextOf, customerOf, feedsOf, TODAY, WEEK_START } from './test-support/customer.ts';
import { firstWeekFrom, weekStartOf } from './weeks.ts';

const touchesOn = (on: readonly number[]): CustomerEvent[] =>
  on.map((day) => given('marketing.touch', day, { data: { channel: 'mail' } }));
const weekly = (weeks: number) => days(1, weeks).map((back) => WEEK_START - 7 * back + 3);
const read = (events: readonly CustomerEvent[], feeds = feedsOf(), today = TODAY) =>
  consistencyOf(customerOf(events), { today, feeds });

describe('a week', () => {
  it('goes from Monday to Sunday', () => {
    expect(days(WEEK_START - 1, WEEK_START + 7).map(weekStartOf)).toEqual([
      WEEK_START - 7,
      ...days(0, 6).map(() => WEEK_START),
      WEEK_START + 7,
    ]);
    expect(new Date(WEEK_START * 86_400_000).getUTCDay()).toBe(1);
    expect([firstWeekFrom(WEEK_START), firstWeekFrom(WEEK_START + 1)]).toEqual([WEEK_START, WEEK_START + 7]);
    expect(weekStartOf(-3)).toBe(-3);
    expect(weekStartOf(-4)).toBe(-10);
  });
});

describe('consistency of weekly counts (D9)', () => {
  it('is 1 less their variation: even weeks 100, one burst 0', () => {
    expect(consistencyOfWeeks([3, 3, 3, 3])).toBe(10_000);
    expect(consistencyOfWeeks([0, 0, 0, 8])).toBe(0);
    expect(consistencyOfWeeks([0, 0])).toBeNull();
  });

  it('of 1, 3, 1, 3 is 50: a deviation of 1 from a mean of 2', () => {
    expect(consistencyOfWeeks([1, 3, 1, 3])).toBe(5_000);
  });
});

describe('engagement consistency (S31, D9)', () => {
  it('is the mean over the stages with touches', () => {
    const twice = [WEEK_START - 4, WEEK_START - 11];
    const events = [...loginsOn(weekly(11)), ...touchesOn([...weekly(11), ...twice])];
    // Marketing, in ten full weeks: 2, 2 and eight times 1, a mean of 1.2 and a deviation of 0.4.
    expect(read(events).stages.filter(({ why }) => why === null)).toEqual([
      { stage: 'marketing', valueHundredths: 6_667, why: null },
      { stage: 'product', valueHundredths: 10_000, why: null },
    ]);
    expect(read(events).valueHundredths).toBe(8_334);
  });

  it('is not known of one stage, nor of fewer than eight full weeks since its first touch', () => {
    expect(read(loginsOn(weekly(20))).valueHundredths).toBeNull();
    // The week of the first touch itself is not full unless it began on its Monday.
    const regular = loginsOn(weekly(20));
    expect(read([...regular, ...touchesOn(weekly(8))]).valueHundredths).toBeNull();
    expect(read([...regular, ...touchesOn(weekly(9))]).valueHundredths).toBe(10_000);
  });

  it('looks at 26 full weeks, and at nothing of the present one', () => {
    const old = touchesOn(days(27, 40).map((back) => WEEK_START - 7 * back));
    const busy = touchesOn(days(0, 2).map((day) => WEEK_START + day));
    const events = [...loginsOn(weekly(40)), ...touchesOn(weekly(26)), ...old, ...old, ...busy];
    expect(read(events).valueHundredths).toBe(10_000);
  });

  it('counts a day of use once', () => {
    const use = given('activity.usage-reported', WEEK_START - 10, { data: { count: 500 } });
    const events = [...loginsOn(weekly(10)), use, ...touchesOn(weekly(10))];
    const logins = [...loginsOn([...weekly(10), WEEK_START - 10]), ...touchesOn(weekly(10))];
    expect(read(events)).toEqual(read(logins));
  });

  it('is not made of silence: a stage whose feed stopped or never was is left out, with the reason (S76, D20)', () => {
    const events = [...loginsOn(weekly(10)), ...touchesOn(weekly(10)), ...commentsOn(weekly(10))];
    expect(read(events).stages.map(({ stage, why }) => [stage, why])).toEqual([
      ['marketing', null],
      ['sales', 'no-data'],
      ['relationship', 'no-data'],
      ['product', null],
      ['support', null],
    ]);
    const silent = read(events, feedsOf('fresh', { activity: 'stale', opportunity: 'absent' }));
    expect(silent.stages.flatMap(({ why }) => why ?? [])).toEqual(['feed-absent', 'no-data', 'feed-stale']);
    expect(silent.valueHundredths).toBe(10_000);
  });

  it('moves at the turn of the week', () => {
    const events = [...loginsOn(weekly(10)), ...touchesOn([...weekly(10), WEEK_START])];
    const values = days(0, 7).map((later) => read(events, feedsOf(), WEEK_START + later).valueHundredths);
    expect(new Set(values.slice(0, 7)).size).toBe(1);
    expect(values[7]).not.toBe(values[0]);
  });

  function commentsOn(on: readonly number[]): CustomerEvent[] {
    return on.map((day) => given('feedback.comment', day, { data: { comment: 'so' } }));
  }
});

describe('the paradox of low consistency and high value (S31, S59)', () => {
  const breakpoints = {
    ltvQuartersMinor: { counted: 8, edges: [100, 200, 300] },
    consistencyHundredths: { counted: 8, edges: [3_000, 5_000, 7_000] },
  } as unknown as Breakpoints;
  const irregular = { stages: [stage(4_000), stage(0)], valueHundredths: 2_000 };
  const customer = customerOf([]);
  const { depth } = relationshipOf(customer, contextOf(customer));
  const input: ParadoxInput = {
    breakpoints,
    ltvMinor: 300,
    consistency: irregular,
    depth,
    largestShareBasisPoints: null,
  };

  it('is of the top quarter by value and the bottom quarter by consistency', () => {
    expect(paradoxOf(input)).toEqual({ isParadox: true, reasons: ['unexplained'] });
    expect(paradoxOf({ ...input, ltvMinor: 299 })).toEqual({ isParadox: false, reasons: [] });
    const regular = { ...irregular, valueHundredths: 3_000 };
    expect(paradoxOf({ ...input, consistency: regular })?.isParadox).toBe(false);
  });

  it('cannot be told without a value, a consistency, or enough customers', () => {
    expect(paradoxOf({ ...input, ltvMinor: null })).toBeNull();
    expect(paradoxOf({ ...input, breakpoints: null })).toBeNull();
    expect(paradoxOf({ ...input, consistency: { ...irregular, valueHundredths: null } })).toBeNull();
    const few = { ...breakpoints, consistencyHundredths: { counted: 3, edges: [] } };
    expect(paradoxOf({ ...input, breakpoints: few })).toBeNull();
  });

  it('says what the data show of its causes', () => {
    const reasonsOf = (more: Partial<ParadoxInput>) => paradoxOf({ ...input, ...more })?.reasons;
    const bursts = { stages: [stage(5_000), stage(0)], valueHundredths: 2_500 };
    expect(reasonsOf({ consistency: bursts })).toEqual(['engagement-pattern']);
    expect(reasonsOf({ largestShareBasisPoints: 5_000 })).toEqual(['value-concentration']);
    expect(reasonsOf({ depth: { ...depth, valueHundredths: 5_000 } })).toEqual(['relationship-depth']);
    const diverse = { ...depth, counts: { ...depth.counts, serviceLines: 3 } };
    expect(reasonsOf({ depth: diverse })).toEqual(['portfolio-diversification']);
    expect(reasonsOf({ depth: diverse, consistency: bursts })).toHaveLength(2);
  });

  it('takes the share of the greatest purchase day of a year', () => {
    const paid = (on: number, amountMinor: number) => given('payment.paid', on, { data: { amountMinor } });
    const { payments } = customerOf([paid(TODAY, 100), paid(TODAY - 364, 300), paid(TODAY - 365, 900)]);
    expect(largestShareOf(payments, TODAY)).toBe(7_500);
    expect(largestShareOf(payments, TODAY + 1)).toBe(10_000);
    expect(largestShareOf(customerOf([]).payments, TODAY)).toBeNull();
    const customer = customerOf([paid(TODAY - 300, 300), paid(TODAY - 200, 100)]);
    const context = contextOf(customer);
    const now = relationshipOf(customer, context);
    const flagged = { ...now, paradox: { isParadox: true, reasons: ['value-concentration'] as const } };
    expect(nextRelationshipDay(customer, context, flagged)).toBe(TODAY + 65);
    expect(nextRelationshipDay(customer, context, now)).toBeNull();
  });

  function stage(valueHundredths: number) {
    return { stage: 'product' as const, valueHundredths, why: null };
  }
});
