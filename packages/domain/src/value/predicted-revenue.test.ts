import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import type { OpportunityKind } from '../opportunities/opportunities-state.ts';
import { backtest } from './backtest.ts';
import { type PredictionInput, predictedRevenueV1, predictedRevenueV2 } from './predicted-revenue.ts';
import { anyOpportunityEvent, opportunitiesAfter, paymentsAfter, TODAY } from './test-support.ts';
import { NO_OUTCOMES, winRatesOf, withOutcomes } from './win-rates.ts';

const open = (opportunityId: string, amountMinor: number, opportunityKind?: OpportunityKind) =>
  given('opportunity.created', TODAY - 9, {
    data: { opportunityId, amountMinor, ...(opportunityKind === undefined ? {} : { opportunityKind }) },
  });

const input = (given: Partial<PredictionInput>): PredictionInput => ({
  payments: paymentsAfter([]),
  opportunities: [],
  mrrMinor: 0,
  retentionBasisPoints: 10_000,
  winRates: null,
  sinceDay: TODAY - 1_000,
  today: TODAY,
  ...given,
});

describe('predicted revenue of six months, as the seed has it (S67, D24)', () => {
  it('is health / 100 x (won + pipeline)', () => {
    expect(predictedRevenueV1(82_60, { wonMinor: 1_000_00, pipelineMinor: 500_00 })).toBe(1_239_00);
    expect(predictedRevenueV1(null, { wonMinor: 1_000_00, pipelineMinor: 0 })).toBeNull();
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.nat(1_000_000),
        fc.nat(1_000_000),
        (healthHundredths, wonMinor, pipelineMinor) => {
          const expected = (healthHundredths / 100 / 100) * (wonMinor + pipelineMinor);
          const predicted = predictedRevenueV1(healthHundredths, { wonMinor, pipelineMinor });
          expect(Math.abs(Number(predicted) - expected)).toBeLessThan(0.5001);
        },
      ),
    );
  });
});

describe('predicted revenue of six months, second variant (D24)', () => {
  it('keeps the greater of six times MRR and half of what a year brought, by the chance that the customer stays', () => {
    const payments = paymentsAfter([
      [TODAY - 364, 600],
      [TODAY, 400],
    ]);
    expect(predictedRevenueV2(input({ payments, mrrMinor: 50 }))).toMatchObject({ keptMinor: 500 });
    expect(predictedRevenueV2(input({ payments, mrrMinor: 200 }))).toMatchObject({ keptMinor: 1_200 });
    const leaving = predictedRevenueV2(input({ payments, mrrMinor: 200, retentionBasisPoints: 2_500 }));
    expect(leaving).toEqual({ totalMinor: 300, keptMinor: 300, pipelineMinor: null });
    expect(predictedRevenueV2(input({ retentionBasisPoints: null }))).toBeNull();
  });

  it('scales up what a young customer has paid, from 90 days on', () => {
    const payments = paymentsAfter([[TODAY - 5, 1_000]]);
    const at = (days: number) =>
      predictedRevenueV2(input({ payments, sinceDay: TODAY - days + 1 }))?.keptMinor;
    expect([at(89), at(90), at(365)]).toEqual([0, Math.round((1_000 * 365) / 180), 500]);
  });

  it('adds the open pipeline by the win rates of its kinds; renewals are in the first part', () => {
    const winRates = {
      overallBasisPoints: 2_000,
      byKind: { new: 1_000, upsell: 5_000, 'cross-sell': 0, renewal: 9_000 },
    };
    const opportunities = opportunitiesAfter([
      open('o1', 1_000, 'upsell'),
      open('o2', 1_000, 'new'),
      open('o3', 1_000),
      open('o4', 1_000, 'renewal'),
      given('opportunity.won', TODAY, { data: { opportunityId: 'o5', amountMinor: 99 } }),
    ]);
    expect(predictedRevenueV2(input({ opportunities, winRates }))?.pipelineMinor).toBe(500 + 100 + 200);
  });
});

describe('win rates', () => {
  it('are near the overall rate until a kind has many decided opportunities of its own', () => {
    const outcomes = {
      ...NO_OUTCOMES,
      upsell: { won: 1, lost: 0 },
      new: { won: 30, lost: 60 },
      unknown: { won: 0, lost: 9 },
    };
    const rates = winRatesOf(outcomes);
    expect(rates).toEqual({
      overallBasisPoints: 3_100,
      // (1 + 10 x .31) / 11, (30 + 3.1) / 100, 3.1 / 10
      byKind: { new: 3_310, upsell: 3_727, 'cross-sell': 3_100, renewal: 3_100 },
    });
    expect(winRatesOf(NO_OUTCOMES)).toBeNull();
  });

  it('count every decided opportunity once', () => {
    fc.assert(
      fc.property(fc.array(anyOpportunityEvent, { maxLength: 20 }), (events) => {
        const opportunities = opportunitiesAfter(events);
        const outcomes = Object.values(withOutcomes(NO_OUTCOMES, opportunities));
        const decided = opportunities.filter(({ outcome }) => outcome !== null);
        expect(outcomes.reduce((sum, { won, lost }) => sum + won + lost, 0)).toBe(decided.length);
        expect(outcomes.reduce((sum, { won }) => sum + won, 0)).toBe(
          decided.filter(({ outcome }) => outcome?.value).length,
        );
      }),
    );
  });
});

describe('a backtest (D24)', () => {
  it('tells how far off predictions were, and to which side', () => {
    const rows = [
      { predictedMinor: 100, actualMinor: 150 },
      { predictedMinor: 300, actualMinor: 100 },
      { predictedMinor: null, actualMinor: 9_000 },
    ];
    expect(backtest(rows)).toEqual({
      customers: 2,
      skipped: 1,
      meanActualMinor: 125,
      maeMinor: 125,
      biasMinor: 75,
    });
    expect(backtest([])).toMatchObject({
      customers: 0,
      maeMinor: null,
      biasMinor: null,
      meanActualMinor: null,
    });
  });

  it('finds the second variant nearer than the seed where customers pay as they did and some leave', () => {
    // Twenty customers pay 100 a month; every fifth leaves, as its churn probability says. They were won long ago.
    const customers = Array.from({ length: 20 }, (_, index) => {
      const isLeaving = index % 5 === 0;
      const paid = Array.from({ length: 12 }, (_, month) => [TODAY - 30 * month - 3, 100] as const);
      const actualMinor = isLeaving ? 100 : 600;
      const v1 = predictedRevenueV1(8_000, { wonMinor: 1_200 * (1 + (index % 4)), pipelineMinor: 0 });
      const v2 = predictedRevenueV2(
        input({
          payments: paymentsAfter(paid),
          mrrMinor: 100,
          retentionBasisPoints: isLeaving ? 3_000 : 9_500,
        }),
      );
      return { v1, v2: v2?.totalMinor ?? null, actualMinor };
    });
    const judged = (name: 'v1' | 'v2') =>
      backtest(customers.map((row) => ({ predictedMinor: row[name], actualMinor: row.actualMinor })));
    expect(Number(judged('v2').maeMinor)).toBeLessThan(Number(judged('v1').maeMinor) / 10);
    expect(Number(judged('v1').biasMinor)).toBeGreaterThan(1_000);
  });
});
