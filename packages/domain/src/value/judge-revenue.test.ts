import { describe, expect, it } from 'vitest';
import { judgeRevenue, LEAST_DECIDED, type RevenueRow } from './judge-revenue.ts';

const TODAY = 20_000;
/** What both variants predicted, and what was paid. */
const forecast = (day: number, [v1Minor, v2Minor, paidMinor]: [number, number, number]): RevenueRow => ({
  forecast: { day, v1Minor, v2Minor, paidMinor },
});

describe('what a tenant’s own past says of predicted revenue (D24)', () => {
  it('has win rates of its own from 30 decided opportunities on, all customers together', () => {
    const rows = (won: number): RevenueRow[] => [
      { decided: { new: { won, lost: 9 } } },
      { decided: { new: { won: 1, lost: 0 }, renewal: { won: 10, lost: 0 } } },
      {},
    ];
    expect(judgeRevenue(rows(LEAST_DECIDED - 21), TODAY)).toMatchObject({
      judgedDay: TODAY,
      decided: { new: { won: 10, lost: 9 }, renewal: { won: 10, lost: 0 }, upsell: { won: 0, lost: 0 } },
      winRates: null,
    });
    // 21 of 30 were won; new: (11 + 7) of (20 + 10)
    expect(judgeRevenue(rows(LEAST_DECIDED - 20), TODAY)?.winRates).toMatchObject({
      overallBasisPoints: 7_000,
      byKind: { new: 6_000 },
    });
  });

  it('judges both variants by the same forecasts, those of the last year', () => {
    const rows = [
      forecast(TODAY - 183, [900, 100, 150]),
      forecast(TODAY - 183 - 365, [100, 300, 100]),
      forecast(TODAY - 183 - 366, [5_000, 5_000, 0]),
    ];
    expect(judgeRevenue(rows, TODAY)?.backtest).toEqual({
      fromDay: TODAY - 548,
      toDay: TODAY - 183,
      v1: { customers: 2, skipped: 0, meanActualMinor: 125, maeMinor: 375, biasMinor: 375 },
      v2: { customers: 2, skipped: 0, meanActualMinor: 125, maeMinor: 125, biasMinor: 75 },
    });
  });

  it('is nothing where nothing was decided nor predicted', () => {
    expect(judgeRevenue([{}, {}], TODAY)).toBeUndefined();
    expect(judgeRevenue([], TODAY)).toBeUndefined();
    expect(judgeRevenue([forecast(TODAY - 900, [1, 1, 1])], TODAY)).toBeUndefined();
  });

  it('comes to the same bytes in whatever order customers are counted', () => {
    const rows = [
      { decided: { upsell: { won: 20, lost: 13 } } },
      forecast(TODAY - 200, [3, 4, 5]),
      forecast(TODAY - 300, [30, 40, 50]),
    ];
    const bytes = JSON.stringify(judgeRevenue(rows, TODAY));
    expect(JSON.stringify(judgeRevenue(rows.toReversed(), TODAY))).toBe(bytes);
  });
});
