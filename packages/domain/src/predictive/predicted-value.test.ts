import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PredictiveFit } from './fit-predictive.ts';
import type { RenewableAgreement } from './predicted-renewals.ts';
import { type PredictionInput, predictedValueOf } from './predicted-value.ts';

const FIT: PredictiveFit = {
  version: 1,
  fittedDay: 10_000,
  bgNbd: {
    r: 0.243,
    alpha: 4.414,
    a: 0.793,
    b: 2.426,
    customers: 2357,
    repeaters: 946,
    logLikelihood: -9582.43,
  },
  gammaGamma: { p: 6.25, q: 3.74, v: 15_44, repeaters: 946, logLikelihood: -4055 },
  shiftedBetaGeometric: { alpha: 1, beta: 1, decisions: 100, losses: 40, logLikelihood: -60 },
  refused: [],
};
const NEVER_BOUGHT = { transactions: 0, firstPurchaseDay: null, lastPurchaseDay: null, repeatPaidMinor: 0 };
/** The first customer of the CDNOW sample on 1997-09-30. */
const FIRST_OF_CDNOW = {
  transactions: 3,
  firstPurchaseDay: 10_000 - 272,
  lastPurchaseDay: 10_000 - 59,
  repeatPaidMinor: 44_69,
};
const YEARLY: RenewableAgreement = {
  agreementId: 'A',
  termValueMinor: 1_200_00,
  termDays: 365,
  renewalsSurvived: 1,
  nextTermDay: 10_100,
};
const INPUT: PredictionInput = { fit: FIT, purchases: FIRST_OF_CDNOW, agreements: [YEARLY], today: 10_000 };

describe('the predicted value of a customer (N10)', () => {
  it('is the expected purchases times the expected mean spend, and the renewals expected', () => {
    const { horizonDays, spend, renewals, valueMinor } = predictedValueOf({ ...INPUT, horizonDays: 273 });
    expect(horizonDays).toBe(273);
    expect(spend).toMatchObject({ purchasesHundredths: 123, meanSpendMinor: 24_66, lowMinor: 0 });
    // 1.2261 purchases at 24.66.
    expect(spend).toMatchObject({ valueMinor: 30_24 });
    // Two thirds of those who renewed once renew again.
    expect(renewals).toEqual({ dueRenewals: 1, renewalsHundredths: 67, valueMinor: 800_00 });
    expect(valueMinor).toBe(830_24);
  });

  it('looks a year ahead where nothing else is asked for', () => {
    expect(predictedValueOf(INPUT).horizonDays).toBe(365);
  });

  it('counts the renewals that fall within the days, each on condition of the one before', () => {
    const renewals = (agreement: Partial<RenewableAgreement>, horizonDays: number) =>
      predictedValueOf({ ...INPUT, agreements: [{ ...YEARLY, ...agreement }], horizonDays }).renewals;
    expect(renewals({}, 99)).toEqual({ dueRenewals: 0, renewalsHundredths: 0, valueMinor: 0 });
    expect(renewals({}, 100)).toMatchObject({ dueRenewals: 1 });
    expect(renewals({ termDays: 30, nextTermDay: 10_010 }, 70)).toEqual({
      dueRenewals: 3,
      renewalsHundredths: 157, // 2/3 + 1/2 + 2/5
      valueMinor: 1_880_00,
    });
  });

  it('leaves out what a customer does not have, and says what it could not predict (D20)', () => {
    const without = (change: Partial<PredictionInput>) => predictedValueOf({ ...INPUT, ...change });
    expect(without({ purchases: NEVER_BOUGHT })).toMatchObject({ spend: null, valueMinor: 800_00 });
    expect(without({ agreements: [] })).toMatchObject({ renewals: null });
    expect(without({ purchases: NEVER_BOUGHT, agreements: [] })).toMatchObject({ valueMinor: null });
    expect(without({ fit: null })).toMatchObject({
      spend: { refused: 'no-fit' },
      renewals: { refused: 'no-fit' },
      valueMinor: null,
    });
    expect(without({ fit: { ...FIT, gammaGamma: null } })).toMatchObject({
      spend: { refused: 'no-fit' },
      renewals: { valueMinor: 800_00 },
      valueMinor: null,
    });
  });

  it('refuses amounts beyond the exact range instead of rounding them', () => {
    const rich = { ...FIRST_OF_CDNOW, lastPurchaseDay: 10_000, repeatPaidMinor: 1e15 };
    const often = {
      ...FIT,
      bgNbd: { r: 900, alpha: 1, a: 0.001, b: 900, customers: 1, repeaters: 1, logLikelihood: 0 },
    };
    expect(predictedValueOf({ ...INPUT, fit: often, purchases: rich })).toMatchObject({
      spend: { refused: 'out-of-range' },
      valueMinor: null,
    });
    const huge = Array.from({ length: 30 }, () => ({ ...YEARLY, termValueMinor: 1e15 }));
    expect(predictedValueOf({ ...INPUT, agreements: huge })).toMatchObject({
      renewals: { refused: 'out-of-range' },
    });
  });

  it('throws for a term without days', () => {
    expect(() => predictedValueOf({ ...INPUT, agreements: [{ ...YEARLY, termDays: 0 }] })).toThrow(
      RangeError,
    );
  });

  it('is whole minor units within its interval’s order for any customer, new ones and late ones too', () => {
    const purchases = fc
      .record({
        transactions: fc.integer({ min: 1, max: 400 }),
        first: fc.integer({ min: 5_000, max: 10_050 }),
        span: fc.nat(5_000),
        repeatPaidMinor: fc.nat(100_000_000),
      })
      .map(({ transactions, first, span, repeatPaidMinor }) => ({
        transactions,
        firstPurchaseDay: first,
        lastPurchaseDay: transactions === 1 ? first : first + Math.max(span, transactions - 1),
        repeatPaidMinor: transactions === 1 ? 0 : repeatPaidMinor,
      }));
    fc.assert(
      fc.property(purchases, fc.nat(2_000), (history, horizonDays) => {
        const { spend } = predictedValueOf({ ...INPUT, purchases: history, horizonDays });
        if (spend === null || 'refused' in spend) throw new Error('not predicted');
        expect(Object.values(spend).every(Number.isSafeInteger)).toBe(true);
        expect(spend.lowMinor).toBeGreaterThanOrEqual(0);
        expect(spend.lowMinor).toBeLessThanOrEqual(spend.highMinor);
      }),
    );
  });
});
