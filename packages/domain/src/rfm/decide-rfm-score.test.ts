import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakpointsOf } from '../quantiles/breakpoints-of.ts';
import { rowOf } from '../quantiles/test-support.ts';
import { decideRfmScore } from './decide-rfm-score.ts';
import type { RfmParts } from './rfm-parts.ts';
import { rfmOf } from './rfm-score.ts';
import { hundredCustomers, partsWith } from './test-support.ts';

const DAY = 19_844; // 2024-05-01
const BREAKPOINTS = hundredCustomers(DAY);
const FRESH = { status: 'fresh', lastDay: DAY } as const;
const input = { breakpoints: BREAKPOINTS, currency: 'USD' };
const standing = (parts: RfmParts, breakpoints = BREAKPOINTS) => rfmOf(parts, breakpoints, FRESH);
const middle = partsWith({
  transactions: 60,
  lastPurchaseDay: DAY - 50,
  frequency365: 50,
  monetary365Minor: 50_00,
});

describe('what is published of RFM', () => {
  it('is the composite with band, segment and raw values, and at first what each score adds', () => {
    expect(decideRfmScore(null, standing(middle), input)).toEqual({
      type: 'score.rfm.changed',
      score: 'rfm',
      unit: 'hundredths',
      value: 300,
      previous: null,
      delta: null,
      band: 'good',
      previousBand: null,
      parts: { ...middle, mean365Minor: 1_00, recencyScore: 3, frequencyScore: 3, monetaryScore: 3 },
      uncertain: false,
      missing: [],
      labels: { segment: 'need-attention' },
      reasons: [
        {
          signal: 'recency',
          contribution: 100,
          before: null,
          after: DAY - 50,
          text: 'bought last on 2024-03-12: recency score 3',
        },
        {
          signal: 'frequency',
          contribution: 100,
          before: null,
          after: 50,
          text: 'bought on 50 days of the last 365: frequency score 3',
        },
        {
          signal: 'monetary',
          contribution: 100,
          before: null,
          after: 50_00,
          text: 'paid 50.00 USD in the last 365 days: monetary score 3',
        },
      ],
    });
  });

  it('says which purchase moved which score', () => {
    const bought = { ...middle, lastPurchaseDay: DAY, frequency365: 51 };
    expect(decideRfmScore(standing(middle), standing(bought), input)).toMatchObject({
      value: 367,
      previous: 300,
      delta: 67,
      previousBand: 'good',
      reasons: [
        {
          signal: 'recency',
          contribution: 67,
          before: DAY - 50,
          after: DAY,
          text: 'bought last on 2024-05-01: recency score 5, was 3',
        },
      ],
    });
  });

  it('says when other breakpoints moved it, and not the customer', () => {
    const later = hundredCustomers(DAY + 31);
    const decided = decideRfmScore(standing(middle), standing(middle, later), {
      ...input,
      breakpoints: later,
    });
    expect(decided).toMatchObject({
      value: 233,
      delta: -67,
      reasons: [
        {
          signal: 'recency-breakpoints',
          contribution: -67,
          text: 'recency score 1, was 3, because the breakpoints of 2024-06-01 hold now',
        },
      ],
    });
  });

  it('tells both steps apart where both moved one score', () => {
    const later = hundredCustomers(DAY + 31);
    const bought = { ...middle, lastPurchaseDay: DAY + 31 };
    const decided = decideRfmScore(standing(middle), standing(bought, later), {
      ...input,
      breakpoints: later,
    });
    expect(decided?.delta).toBe(67);
    expect(decided?.reasons.map(({ signal, contribution }) => [signal, contribution])).toEqual([
      ['recency', 134],
      ['recency-breakpoints', -67],
    ]);
  });

  it('is nothing when only the breakpoints are others and no score moved', () => {
    const next = { ...BREAKPOINTS, day: DAY + 1, recencyDays: { counted: 100, edges: [81, 61, 41, 21] } };
    expect(
      decideRfmScore(standing(middle), standing(middle, next), { ...input, breakpoints: next }),
    ).toBeNull();
  });

  it('is the raw values alone, with the reason, as long as there are no breakpoints', () => {
    const none = { breakpoints: null, currency: 'USD' };
    const decided = decideRfmScore(null, rfmOf(middle, null, FRESH), none);
    expect(decided).toMatchObject({
      value: null,
      band: 'not-scorable',
      labels: { segment: null },
      parts: { frequency365: 50, recencyScore: null },
      reasons: [{ contribution: 0, text: 'not scored: the tenant has no breakpoints yet' }],
    });
    const scored = decideRfmScore(rfmOf(middle, null, FRESH), standing(middle), input);
    expect(scored).toMatchObject({ value: 300, previous: null, delta: null, previousBand: 'not-scorable' });
    expect(scored?.reasons.map(({ contribution }) => contribution)).toEqual([100, 100, 100]);
  });

  it('says while payments are silent that it may be better than it looks (N2)', () => {
    const silent = rfmOf(middle, BREAKPOINTS, { status: 'stale', lastDay: DAY - 200 });
    expect(decideRfmScore(standing(middle), silent, input)).toMatchObject({
      delta: 0,
      low: 300,
      high: 500,
      uncertain: true,
      missing: [{ signal: 'payments', why: 'feed-stale' }],
      reasons: [],
    });
    const best = partsWith({ lastPurchaseDay: DAY, frequency365: 99, monetary365Minor: 99_00 });
    const silentBest = rfmOf(best, BREAKPOINTS, { status: 'stale', lastDay: DAY - 200 });
    expect(decideRfmScore(null, silentBest, input)).toMatchObject({ uncertain: false });
  });

  it('is told anew with every raw value that moves, also where no score does', () => {
    const now = standing(middle);
    expect(decideRfmScore(now, standing({ ...middle }), input)).toBeNull();
    for (const part of Object.keys(middle) as (keyof RfmParts)[]) {
      if (part === 'frequency') continue; // One less than the transactions: it moves with them.
      const other = standing({ ...middle, [part]: Number(middle[part]) - 1 });
      expect(decideRfmScore(now, other, input), part).toMatchObject({ delta: 0, reasons: [] });
    }
  });

  it('is nothing for a customer who never bought', () => {
    const none = { ...middle, transactions: 0, lastPurchaseDay: null, firstPurchaseDay: null };
    expect(decideRfmScore(null, standing(none), input)).toBeNull();
  });
});

describe('any two moments', () => {
  const parts = fc
    .record({ ago: fc.nat(30), frequency365: fc.nat(6), monetary365Minor: fc.nat(40) })
    .map(({ ago, ...known }) => partsWith({ lastPurchaseDay: DAY - ago, ...known }));
  const row = fc
    .record({ ago: fc.nat(30), frequency365: fc.nat(6), monetary365Minor: fc.nat(40) })
    .map(({ ago, ...known }) => rowOf({ lastPurchaseDay: DAY - ago, ...known }));
  const breakpoints = fc.array(row, { minLength: 5, maxLength: 30 }).map((rows) => breakpointsOf(rows, DAY));

  it('have reasons that sum exactly to the delta, or to the value where there was none (N1)', () => {
    fc.assert(
      fc.property(fc.option(parts), parts, fc.tuple(breakpoints, breakpoints), (was, is, [then, now]) => {
        const previous = was === null ? null : standing(was, then);
        const decided = decideRfmScore(previous, standing(is, now), { breakpoints: now, currency: 'USD' });
        if (decided === null) return;
        const sum = decided.reasons.reduce((total, { contribution }) => total + contribution, 0);
        expect(sum).toBe(decided.delta ?? decided.value);
      }),
    );
  });

  it('have no reason of a customer who did nothing, and none of breakpoints that stayed', () => {
    fc.assert(
      fc.property(parts, parts, fc.tuple(breakpoints, breakpoints), (was, is, [then, now]) => {
        const signals = (one: RfmParts, from: typeof now) =>
          decideRfmScore(standing(one, from), standing(is, now), {
            breakpoints: now,
            currency: 'USD',
          })?.reasons.map(({ signal }) => signal) ?? [];
        expect(signals(was, now).filter((signal) => signal.endsWith('-breakpoints'))).toEqual([]);
        expect(signals(is, then).filter((signal) => !signal.endsWith('-breakpoints'))).toEqual([]);
      }),
    );
  });
});
