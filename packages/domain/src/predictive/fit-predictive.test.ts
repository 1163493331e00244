import { describe, expect, it } from 'vitest';
import { fitPredictive, type PredictiveRow } from './fit-predictive.ts';

const TODAY = 10_000;
const NEVER_BOUGHT = { transactions: 0, firstPurchaseDay: null, lastPurchaseDay: null, repeatPaidMinor: 0 };

/** A customer of an imaginary shop: every third buys again, after a while that differs. */
function shopper(index: number): PredictiveRow {
  const transactions = index % 3 === 0 ? 2 + (index % 4) : 1;
  const firstPurchaseDay = TODAY - 200 - (index % 90);
  return {
    purchases: {
      transactions,
      firstPurchaseDay,
      lastPurchaseDay: firstPurchaseDay + (transactions - 1) * (10 + (index % 17)),
      repeatPaidMinor: (transactions - 1) * (1_000 + 300 * (index % 13)),
    },
    agreements: [],
  };
}
/** A customer with one yearly agreement: three of five are lost in the end. */
function subscriber(index: number): PredictiveRow {
  const renewalsSurvived = index % 4;
  return { purchases: NEVER_BOUGHT, agreements: [{ renewalsSurvived, isOver: index % 5 < 3 }] };
}
const some = (count: number, row: (index: number) => PredictiveRow) =>
  Array.from({ length: count }, (_, index) => row(index));

describe('fitting the customers of a tenant (N10)', () => {
  it('gives all three models, as plain JSON with few digits', () => {
    const fit = fitPredictive([...some(300, shopper), ...some(100, subscriber)], TODAY);
    expect(fit).toMatchObject({
      version: 1,
      fittedDay: TODAY,
      bgNbd: { customers: 300, repeaters: 100 },
      gammaGamma: { repeaters: 100 },
      shiftedBetaGeometric: { losses: 60 },
      refused: [],
    });
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    const { r, alpha, a, b } = fit.bgNbd ?? { r: 0, alpha: 0, a: 0, b: 0 };
    for (const value of [r, alpha, a, b]) expect(Number(value.toPrecision(5))).toBe(value);
  });

  it('publishes the same bytes whatever order the customers come in (N5)', () => {
    const rows = [...some(200, shopper), ...some(60, subscriber)];
    const bytes = JSON.stringify(fitPredictive(rows, TODAY));
    expect(JSON.stringify(fitPredictive(rows.toReversed(), TODAY))).toBe(bytes);
  });

  it('says of each model why it was refused', () => {
    expect(fitPredictive([], TODAY)).toEqual({
      version: 1,
      fittedDay: TODAY,
      bgNbd: null,
      gammaGamma: null,
      shiftedBetaGeometric: null,
      refused: [
        { model: 'bg-nbd', reason: 'too-few-customers' },
        { model: 'gamma-gamma', reason: 'too-few-repeaters' },
        { model: 'shifted-beta-geometric', reason: 'too-few-renewals' },
      ],
    });
    expect(fitPredictive(some(100, subscriber), TODAY)).toMatchObject({
      bgNbd: null,
      shiftedBetaGeometric: { decisions: 210 },
    });
  });
});
