import { describe, expect, it } from 'vitest';
import { type AlertInterval, evaluateAlerts } from './evaluate-alerts.ts';
import type { Drift, Truth } from './truth.ts';

function customer(customerId: string, drift: Partial<Drift> | null): Truth {
  const whole = { startDay: 0, reason: 'usage-decline' as const, churnDay: null, recoveredDay: null };
  const base = { customerId, archetype: 'steady' as const, segment: 'mid' as const, joinedDay: 0 };
  return { ...base, drift: drift === null ? null : { ...whole, ...drift } };
}

function alert(customerId: string, raisedDay: number, resolvedDay: number | null = null): AlertInterval {
  return { customerId, rule: 'at-risk', raisedDay, resolvedDay };
}

/** A year of ten customers: lost on day 100 and on day 200, recovered on day 150, drifting at the end, six well. */
const TRUTH: readonly Truth[] = [
  customer('lost-early', { startDay: 40, churnDay: 100 }),
  customer('lost-later', { startDay: 140, churnDay: 200, reason: 'support-trouble' }),
  customer('recovered', { startDay: 100, recoveredDay: 150 }),
  customer('young', { startDay: 350, churnDay: 420 }),
  ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => customer(name, null)),
];
const FRAME = { startDay: 0, endDay: 364, customers: 10, horizonDays: 30 };

describe('evaluation of alerts against the truth (N24)', () => {
  it('counts true and false alerts, found and missed customers, and the lead, as by hand', () => {
    const result = evaluateAlerts(
      TRUTH,
      [
        alert('lost-early', 70, 80),
        alert('lost-early', 90),
        alert('recovered', 120, 160),
        alert('a', 10, 20),
        alert('lost-later', 200),
      ],
      FRAME,
    );
    // True: both of lost-early and the one of recovered. False: a, and lost-later on the very day it was lost.
    expect(result).toMatchObject({
      alerts: 5,
      truePositives: 3,
      falsePositives: 2,
      tooLate: 1,
      precision: 3 / 5,
    });
    // Positives: lost-early (found 30 days before) and lost-later (missed); young had drifted for 14 days only.
    expect(result).toMatchObject({ positives: 2, found: 1, recall: 0.5, censored: 1, medianLeadDays: 30 });
    expect(result.byReason).toEqual({
      'usage-decline': { found: 1, of: 1 },
      'support-trouble': { found: 0, of: 1 },
    });
    // 5 alerts, 10 customers, 365 / 30.4375 months: 5 / 10 / 11.9918 * 100.
    expect(result.alertsPer100CustomersAndMonth).toBeCloseTo(4.1695, 3);
  });

  it('takes an alert for true from the first day of the drift to the day before churn', () => {
    const days = [39, 40, 99, 100];
    const truths = days.map((day) => evaluateAlerts(TRUTH, [alert('lost-early', day)], FRAME).truePositives);
    expect(truths).toEqual([0, 1, 1, 0]);
  });

  it('takes an alert for true until 14 days after a recovery, which is no positive', () => {
    const results = [164, 165].map((day) => evaluateAlerts(TRUTH, [alert('recovered', day)], FRAME));
    expect(results.map(({ truePositives }) => truePositives)).toEqual([1, 0]);
    expect(results.map(({ positives, found }) => [positives, found])).toEqual([
      [2, 0],
      [2, 0],
    ]);
  });

  it('does not call a young drift a miss, but an old one that is not over', () => {
    const truth = [
      customer('old', { startDay: 334, churnDay: 400 }),
      customer('young', { startDay: 335, churnDay: 400 }),
    ];
    const result = evaluateAlerts(truth, [], FRAME);
    expect(result).toMatchObject({ positives: 1, found: 0, recall: 0, censored: 1, medianLeadDays: null });
  });

  it('counts an old drift that is not over as found, with the lead to the known day of churn', () => {
    const result = evaluateAlerts(
      [customer('old', { startDay: 300, churnDay: 390 })],
      [alert('old', 310)],
      FRAME,
    );
    expect(result).toMatchObject({ positives: 1, found: 1, recall: 1, medianLeadDays: 80 });
  });

  it('does not credit an alert that was open before the drift began', () => {
    const result = evaluateAlerts(TRUTH, [alert('lost-early', 30), alert('lost-later', 30, 90)], FRAME);
    expect(result).toMatchObject({ truePositives: 0, found: 0, alreadyOpen: 1 });
  });

  it('takes the mean of the middle two leads for an even number', () => {
    const result = evaluateAlerts(TRUTH, [alert('lost-early', 60), alert('lost-later', 190)], FRAME);
    expect(result.medianLeadDays).toBe((40 + 10) / 2);
  });

  it('leaves out alerts outside the period, and customers lost before it', () => {
    const result = evaluateAlerts(TRUTH, [alert('lost-early', 90), alert('lost-later', 365)], {
      ...FRAME,
      startDay: 100,
    });
    expect(result).toMatchObject({ alerts: 0, precision: null, positives: 1, recall: 0 });
  });

  it('says how often an alert raised by lot would be true', () => {
    // One customer watched for 100 days, drifting on the last 60, and `a` for all 365.
    const result = evaluateAlerts(
      [customer('lost-early', { startDay: 40, churnDay: 100 }), customer('a', null)],
      [],
      FRAME,
    );
    expect(result.chancePrecision).toBeCloseTo(60 / (100 + 365), 12);
  });

  it('has no precision and no recall where there is nothing to divide by', () => {
    expect(evaluateAlerts([], [], FRAME)).toMatchObject({
      precision: null,
      recall: null,
      chancePrecision: 0,
    });
  });
});
