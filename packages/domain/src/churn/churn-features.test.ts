import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHURN_FEATURES, CHURN_SIGNALS, type ChurnSignal, extentOf, standardise } from './churn-features.ts';
import type { ChurnInput } from './churn-input.ts';
import { describeChurnReading, describeEarlierChurn, describeMissingChurn } from './describe-churn.ts';
import { AGREEMENT, BUYER, TODAY, USUAL } from './test-support.ts';

const riskOf = (signal: ChurnSignal, raw: number) => standardise(CHURN_FEATURES[signal], raw) / 100;
const read = (signal: ChurnSignal, input: ChurnInput) => CHURN_FEATURES[signal].read(input, TODAY);

describe('a reading on the common scale (S29)', () => {
  it.each<[ChurnSignal, number, number]>([
    ['health', 65, 0],
    ['health', 20, 100],
    ['health', 3, 100],
    ['health', 57.5, 20],
    ['health', 95, -100],
    ['usage-trend', -20, 30],
    ['usage-trend', -35, 50],
    ['last-activity', 6, -40],
    ['last-activity', 7, 0],
    ['last-activity', 59, 70],
    ['last-activity', 400, 100],
    ['service-trouble', 2, 75],
    ['sponsor-left', 1, 80],
    ['satisfaction', 85, -40],
    ['tenure', 364, 50],
    ['tenure', 365, 20],
    ['overdue-payments', 3, 85],
    ['renews-by-itself', 1, -50],
    ['active-agreements', 4, -50],
    ['contraction', 5, 15],
    ['purchase-rhythm', 199, 30],
    ['purchase-rhythm', 200, 60],
  ])('%s of %d is %d', (signal, raw, risk) => {
    expect(riskOf(signal, raw)).toBe(risk);
  });

  it('goes one way only, from the least risk to the most with the usual in between', () => {
    for (const signal of CHURN_SIGNALS) {
      const feature = CHURN_FEATURES[signal];
      const risks = feature.curve.map(([, risk]) => risk);
      const ascending = risks.toSorted((a, b) => a - b);
      expect([ascending, ascending.toReversed()]).toContainEqual(risks);
      expect(extentOf(feature).best).toBeLessThan(0);
      expect(extentOf(feature).worst).toBeGreaterThan(0);
      expect(Math.max(...risks.map(Math.abs))).toBeLessThanOrEqual(100);
    }
  });

  it('never turns back between the points, and stays within its extent', () => {
    const raw = fc.double({ min: -200, max: 6_000, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...CHURN_SIGNALS), raw, raw, (signal, one, other) => {
        const feature = CHURN_FEATURES[signal];
        const { best, worst } = extentOf(feature);
        const falls = (feature.curve[0]?.[1] ?? 0) > (feature.curve.at(-1)?.[1] ?? 0);
        const [first, second] = [Math.min(one, other), Math.max(one, other)].map((at) =>
          standardise(feature, at),
        );
        expect(Number.isInteger(first)).toBe(true);
        expect(first).toBeGreaterThanOrEqual(best);
        expect(first).toBeLessThanOrEqual(worst);
        expect(falls ? (first ?? 0) >= (second ?? 0) : (first ?? 0) <= (second ?? 0)).toBe(true);
      }),
    );
  });
});

describe('a signal', () => {
  it('says why it is not known and is never read from absence (S76, D20)', () => {
    const nothing: ChurnInput = {
      health: { missing: 'no-data' },
      usageTrendPercent: { missing: 'feed-stale' },
      lastActivityDay: { missing: 'feed-stale' },
      troubledTickets: { missing: 'feed-absent' },
      sponsorsLeft: { missing: 'no-data' },
      satisfaction: { missing: 'no-data' },
      customerSinceDay: { missing: 'no-data' },
      overduePayments: { missing: 'feed-absent' },
      contractionPercent: { missing: 'no-data' },
      contract: { ...AGREEMENT, renewsByItself: null },
      purchases: { missing: 'feed-absent' },
    };
    const readings = CHURN_SIGNALS.map((signal) => read(signal, nothing));
    expect(readings.filter((reading) => reading !== null && 'raw' in reading)).toHaveLength(1);
    expect(read('active-agreements', nothing)).toMatchObject({ raw: 1 });
    expect(read('usage-trend', nothing)).toEqual({ missing: 'feed-stale' });
    expect(read('purchase-rhythm', { ...nothing, contract: null })).toEqual({ missing: 'feed-absent' });
  });

  it('about agreements does not apply without any, and one about purchases not with them', () => {
    const applies = (input: ChurnInput) => CHURN_SIGNALS.filter((signal) => read(signal, input) !== null);
    expect(applies(USUAL)).toEqual(CHURN_SIGNALS.filter((signal) => signal !== 'purchase-rhythm'));
    expect(applies(BUYER)).not.toContain('renews-by-itself');
    expect(applies(BUYER)).not.toContain('active-agreements');
    expect(applies(BUYER)).not.toContain('contraction');
    expect(applies(BUYER)).toContain('purchase-rhythm');
  });

  it('measures a purchase rhythm in gaps of the customer’s own, of three purchases at least', () => {
    expect(read('purchase-rhythm', BUYER)).toMatchObject({ raw: 100 });
    const quick = { ...BUYER, purchases: { firstDay: TODAY - 40, lastDay: TODAY - 30, count: 3 } };
    expect(read('purchase-rhythm', quick)).toMatchObject({ raw: 600 });
    const twice = { ...BUYER, purchases: { firstDay: TODAY - 40, lastDay: TODAY - 30, count: 2 } };
    expect(read('purchase-rhythm', twice)).toEqual({ missing: 'no-data' });
  });

  it('counts what is dated ahead of today as of today', () => {
    expect(read('last-activity', { ...USUAL, lastActivityDay: TODAY + 1 })).toMatchObject({ raw: 0 });
  });

  it('is believed less on an old answer, and as much as health is believed', () => {
    const old = { ...USUAL, satisfaction: { valueHundredths: 7_000, day: TODAY - 91 } };
    expect(read('satisfaction', USUAL)).toEqual({ raw: 70, freshnessHundredths: 10_000 });
    expect(read('satisfaction', old)).toEqual({ raw: 70, freshnessHundredths: 5_000 });
    const doubtful = { ...USUAL, health: { valueHundredths: 7_000, confidenceHundredths: 6_000 } };
    expect(read('health', doubtful)).toEqual({ raw: 70, freshnessHundredths: 6_000 });
  });
});

describe('a reading and the one before it, in plain words', () => {
  it.each<[ChurnSignal, readonly [number, number], string]>([
    ['health', [62.4, 71], 'health of 62.4 out of 100, was 71.0'],
    ['usage-trend', [-35, 20], 'use down 35 % on the 30 days before, was up 20 %'],
    ['usage-trend', [0, -10], 'use unchanged on the 30 days before, was down 10 %'],
    ['last-activity', [14, 1], 'last active 14 days ago, was 1 day'],
    ['last-activity', [0, 7], 'active today, was 7 days'],
    ['service-trouble', [2, 0], '2 tickets escalated lately or open with high severity, was none'],
    ['service-trouble', [0, 1], 'no ticket escalated lately or open with high severity, was 1'],
    ['sponsor-left', [1, 0], '1 executive sponsor left in the last 90 days, was none'],
    ['satisfaction', [85, 40], 'latest satisfaction 85.0 out of 100, was 40.0'],
    ['tenure', [800, 20], 'customer for 26 months, was less than a month'],
    ['overdue-payments', [1, 3], '1 payment overdue, was 3'],
    ['renews-by-itself', [0, 1], 'the agreement that ends first does not renew by itself, did before'],
    ['renews-by-itself', [1, 0], 'the agreement that ends first renews by itself, did not before'],
    ['active-agreements', [1, 2], '1 active agreement, was 2'],
    ['contraction', [12.5, 0], 'contracted value cut by 12.5 % in the last 180 days, was 0.0 %'],
    ['contraction', [0, 10], 'contracted value not cut in the last 180 days, was 10.0 %'],
    ['purchase-rhythm', [230, 100], 'last purchase 2.3 of its usual gaps ago, was 1.0 of its usual gaps'],
  ])('%s', (signal, [raw, earlier], text) => {
    expect(`${describeChurnReading(signal, raw)}, ${describeEarlierChurn(signal, earlier)}`).toBe(text);
  });

  it('and why there is none', () => {
    expect(describeMissingChurn('usage-trend', 'feed-stale')).toBe(
      'usage trend not known: its data has stopped coming in',
    );
    expect(describeMissingChurn('health', 'no-data')).toBe(
      'health not known: too little data of this customer',
    );
    expect(describeMissingChurn('overdue-payments', 'feed-absent')).toBe(
      'overdue payments not known: its data has never come in',
    );
  });
});
