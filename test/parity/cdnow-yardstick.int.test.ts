import { beforeAll, describe, expect, it } from 'vitest';
import { expectedPurchases, probabilityAlive } from '../../packages/domain/src/predictive/bg-nbd.ts';
import { fitPredictive, type PredictiveFit } from '../../packages/domain/src/predictive/fit-predictive.ts';
import { predictedValueOf } from '../../packages/domain/src/predictive/predicted-value.ts';
import {
  type PurchaseHistory,
  type PurchaseRecord,
  purchaseRecordOf,
} from '../../packages/domain/src/predictive/purchase-history.ts';
import { evolvePayments } from '../../packages/domain/src/rfm/evolve-payments.ts';
import {
  firstPurchaseDayOf,
  initialPayments,
  lastPurchaseDayOf,
  type PaymentsState,
  transactionsOf,
} from '../../packages/domain/src/rfm/payments-state.ts';
import { dayOf, paymentOf, readPurchases, readSummary } from './support/cdnow.ts';
import { areaUnderCurve, correlation, meanAbsoluteError, sumOf } from './support/compare-series.ts';

/** The last day that is known, and the 39 weeks after it (weeks 40 to 78). */
const FROZEN = dayOf('1997-09-30');
const HOLDOUT_DAYS = 39 * 7;

/** What the state of payments tells once all of a customer's are folded in, in order of days. */
interface Customer {
  readonly customerId: string;
  readonly known: PaymentsState;
  readonly record: PurchaseRecord;
  readonly history: PurchaseHistory;
  /** Days with purchases in the holdout, and what was paid on them. */
  readonly bought: number;
  readonly spentMinor: number;
}

function historyOf(payments: PaymentsState): PurchaseHistory {
  // All of it lies within the horizon of the tiles.
  const [, , firstPaidMinor = 0] = payments.tiles[0] ?? [];
  return {
    transactions: transactionsOf(payments),
    firstPurchaseDay: firstPurchaseDayOf(payments),
    lastPurchaseDay: lastPurchaseDayOf(payments),
    repeatPaidMinor: payments.paidMinor - firstPaidMinor,
  };
}

function readCustomers(): readonly Customer[] {
  const purchases = readPurchases().toSorted((one, other) => one.day - other.day);
  const states = new Map<string, { known: PaymentsState; all: PaymentsState }>();
  for (const purchase of purchases) {
    const state = states.get(purchase.customerId) ?? { known: initialPayments(), all: initialPayments() };
    const event = paymentOf(purchase);
    const fold = (payments: PaymentsState): PaymentsState => {
      const evolved = evolvePayments(payments, event, purchase.day);
      if (evolved.kind === 'quarantined') throw new Error(evolved.reason);
      return evolved.payments;
    };
    const known = purchase.day <= FROZEN ? fold(state.known) : state.known;
    states.set(purchase.customerId, { known, all: fold(state.all) });
  }
  return [...states].map(([customerId, { known, all }]) => {
    const history = historyOf(known);
    const record = purchaseRecordOf(history, FROZEN);
    if (record === null) throw new Error(`${customerId} bought nothing`);
    const bought = transactionsOf(all) - transactionsOf(known);
    return { customerId, known, record, history, bought, spentMinor: all.paidMinor - known.paidMinor };
  });
}

describe('the CDNOW sample from its raw log, frozen at 1997-09-30 (N10)', () => {
  let customers: readonly Customer[];
  let actual: readonly number[];
  let fit: PredictiveFit;
  beforeAll(() => {
    customers = readCustomers();
    actual = customers.map(({ bought }) => bought);
    fit = fitPredictive(
      customers.map(({ history }) => ({ purchases: history, agreements: [] })),
      FROZEN,
    );
  });
  const models = () => {
    if (fit.bgNbd === null || fit.gammaGamma === null) throw new Error('not fitted');
    return { bgNbd: fit.bgNbd, gammaGamma: fit.gammaGamma };
  };

  it('is the published summary, customer by customer: x, t_x and T of all 2,357', () => {
    const weeks = (days: number) => Math.round((days / 7) * 100) / 100;
    const summary = customers.map(({ customerId, record }) => ({
      customerId,
      frequency: record.frequency,
      recencyWeeks: weeks(record.recencyDays),
      ageWeeks: weeks(record.ageDays),
    }));
    const byId = (one: { customerId: string }, other: { customerId: string }) =>
      Number(one.customerId) - Number(other.customerId);
    expect(summary.toSorted(byId)).toEqual(readSummary());
  });

  it('gives the published parameters', () => {
    const { bgNbd, gammaGamma } = models();
    expect(bgNbd.r).toBeCloseTo(0.243, 3);
    expect(bgNbd.alpha).toBeCloseTo(4.414, 3);
    expect(bgNbd.a).toBeCloseTo(0.793, 3);
    expect(bgNbd.b).toBeCloseTo(2.426, 3);
    expect(bgNbd.logLikelihood).toBeCloseTo(-9582.43, 2);
    expect(gammaGamma.repeaters).toBe(946);
    expect(gammaGamma.p).toBeCloseTo(6.25, 1);
    expect(gammaGamma.q).toBeCloseTo(3.74, 1);
    expect(fit.refused).toEqual([{ model: 'shifted-beta-geometric', reason: 'too-few-renewals' }]);
  });

  it('foretells 1,653 of the 1,882 repeat purchases in weeks 40 to 78', () => {
    const predicted = customers.map(({ record }) => expectedPurchases(models().bgNbd, record, HOLDOUT_DAYS));
    expect(sumOf(actual)).toBe(1882);
    expect(Math.abs(sumOf(predicted) - 1653)).toBeLessThanOrEqual(1);
    expect(correlation(predicted, actual)).toBeCloseTo(0.626, 3);
    expect(Math.abs(meanAbsoluteError(predicted, actual) - 0.785)).toBeLessThanOrEqual(0.005);
  });

  it('does better than carrying on every customer’s rate, which foretells 2,930', () => {
    const rate = customers.map(({ record }) => (record.frequency / record.ageDays) * HOLDOUT_DAYS);
    expect(Math.abs(sumOf(rate) - 2930)).toBeLessThanOrEqual(1);
    expect(correlation(rate, actual)).toBeCloseTo(0.584, 3);
    expect(meanAbsoluteError(rate, actual)).toBeCloseTo(1.024, 3);
  });

  it('orders who buys again by expected purchases, and wrongly by the chance to be alive (.316)', () => {
    const buysAgain = actual.map((bought) => bought > 0);
    const expected = customers.map(({ record }) => expectedPurchases(models().bgNbd, record, HOLDOUT_DAYS));
    const alive = customers.map(({ record }) => probabilityAlive(models().bgNbd, record));
    expect(areaUnderCurve(expected, buysAgain)).toBeCloseTo(0.773, 3);
    expect(areaUnderCurve(alive, buysAgain)).toBeCloseTo(0.316, 3);
  });

  it('holds at least 80 of 100 customers’ spend of those weeks in its interval', () => {
    let within = 0;
    let value = 0;
    for (const { history, spentMinor } of customers) {
      const { spend } = predictedValueOf({
        fit,
        purchases: history,
        agreements: [],
        today: FROZEN,
        horizonDays: HOLDOUT_DAYS,
      });
      if (spend === null || 'refused' in spend) throw new Error('not predicted');
      value += spend.valueMinor;
      if (spend.lowMinor <= spentMinor && spentMinor <= spend.highMinor) within += 1;
    }
    expect(within / customers.length).toBeCloseTo(0.89, 2);
    // As with the purchases, somewhat too little is foretold.
    const spent = sumOf(customers.map(({ spentMinor }) => spentMinor));
    expect(value / spent).toBeCloseTo(0.844, 2);
  });
});
