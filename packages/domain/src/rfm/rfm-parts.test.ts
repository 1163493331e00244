import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, given } from '../customer/test-support.ts';
import { evolvePayments, foldOldTiles } from './evolve-payments.ts';
import { initialPayments, MAX_PAID_MINOR, type PaymentsState, TILE_HORIZON_DAYS } from './payments-state.ts';
import { meanTransactionOf, nextRfmDay, rfmPartsOf } from './rfm-parts.ts';

interface Purchase {
  readonly on: number;
  readonly amountMinor: number;
  readonly agreementId?: string;
}

const TODAY = day('2024-06-01');

function after(purchases: readonly Purchase[], today = TODAY): PaymentsState {
  let payments = initialPayments();
  for (const { on, ...data } of purchases) {
    const evolved = evolvePayments(payments, given('payment.paid', on, { data }), today);
    if (evolved.kind === 'ok') payments = evolved.payments;
  }
  return payments;
}

describe('raw RFM values (S27)', () => {
  it('counts the purchases of one day as one transaction', () => {
    const payments = after([
      { on: TODAY - 10, amountMinor: 5_00 },
      { on: TODAY - 10, amountMinor: 7_00 },
      { on: TODAY - 3, amountMinor: 0 },
    ]);
    expect(rfmPartsOf(payments, TODAY)).toEqual({
      transactions: 2,
      frequency: 1,
      firstPurchaseDay: TODAY - 10,
      lastPurchaseDay: TODAY - 3,
      frequency365: 2,
      monetary365Minor: 12_00,
      greatest365Minor: 12_00,
      gini365BasisPoints: 5_000,
      paidMinor: 12_00,
    });
  });

  it('lets a purchase leave the window after 365 days, and knows that day in advance', () => {
    const payments = after([
      { on: TODAY - 364, amountMinor: 5_00 },
      { on: TODAY, amountMinor: 1_00 },
    ]);
    expect(rfmPartsOf(payments, TODAY)).toMatchObject({ frequency365: 2, monetary365Minor: 6_00 });
    expect(nextRfmDay(payments, TODAY)).toBe(TODAY + 1);
    expect(rfmPartsOf(payments, TODAY + 1)).toMatchObject({
      frequency365: 1,
      monetary365Minor: 1_00,
      paidMinor: 6_00,
    });
    expect(nextRfmDay(payments, TODAY + 1)).toBe(TODAY + 365);
    expect(nextRfmDay(payments, TODAY + 365)).toBeNull();
  });

  it('knows a purchase day for ever, so that a very late payment of it is no second transaction', () => {
    const old = TODAY - 3 * TILE_HORIZON_DAYS;
    const early = after([{ on: old, amountMinor: 1_00 }], old);
    const folded = foldOldTiles(early, TODAY);
    expect(folded).toMatchObject({ tiles: [], olderDays: [old] });
    const late = evolvePayments(folded, given('payment.paid', old, { data: { amountMinor: 2_00 } }), TODAY);
    expect(late.kind === 'ok' && rfmPartsOf(late.payments, TODAY)).toMatchObject({
      transactions: 1,
      paidMinor: 3_00,
    });
  });

  it('keeps payments under an agreement apart from all others', () => {
    const payments = after([
      { on: TODAY, amountMinor: 5_00, agreementId: 'A' },
      { on: TODAY, amountMinor: 2_00 },
    ]);
    expect(payments).toMatchObject({ paidMinor: 7_00, otherPaidMinor: 2_00 });
  });

  it('answers a payment that would carry the lifetime sum out of the exact range', () => {
    const rich = { ...initialPayments(), paidMinor: MAX_PAID_MINOR };
    const event = given('payment.paid', TODAY, { data: { amountMinor: 1 } });
    expect(evolvePayments(rich, event, TODAY)).toMatchObject({
      kind: 'quarantined',
      reason: 'amount-out-of-range',
    });
  });

  it('ends in the same state whatever the order of arrival, at any age (N5)', () => {
    const purchase = fc.record({
      on: fc.integer({ min: TODAY - 900, max: TODAY }),
      amountMinor: fc.nat(1_000),
    });
    const shuffled = fc
      .array(purchase, { maxLength: 30 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const payments = after(list);
        expect(after(other)).toEqual(payments);
        const days = new Set(list.map(({ on }) => on));
        const recent = list.filter(({ on }) => on > TODAY - 365);
        expect(rfmPartsOf(payments, TODAY)).toMatchObject({
          transactions: days.size,
          monetary365Minor: recent.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
          frequency365: new Set(recent.map(({ on }) => on)).size,
        });
      }),
    );
  });
});

describe('few great transactions or many small ones (S32)', () => {
  it('counts days with payments of the last 365, and tells their mean, the greatest and how unlike they are', () => {
    const parts = rfmPartsOf(
      after([
        { on: TODAY - 365, amountMinor: 9_000 },
        { on: TODAY - 40, amountMinor: 100 },
        { on: TODAY - 40, amountMinor: 200 },
        { on: TODAY, amountMinor: 100 },
      ]),
      TODAY,
    );
    // Of 100 and 300: (-1 x 100 + 1 x 300) / (2 x 400).
    expect(parts).toMatchObject({ frequency365: 2, greatest365Minor: 300, gini365BasisPoints: 2_500 });
    expect(meanTransactionOf(parts)).toBe(200);
  });

  it('tells nothing of nothing', () => {
    const never = rfmPartsOf(initialPayments(), TODAY);
    expect(never).toMatchObject({ frequency365: 0, greatest365Minor: null, gini365BasisPoints: null });
    expect(meanTransactionOf(never)).toBeNull();
    const free = rfmPartsOf(after([{ on: TODAY, amountMinor: 0 }]), TODAY);
    expect(free).toMatchObject({ greatest365Minor: 0, gini365BasisPoints: null });
    expect(meanTransactionOf(free)).toBe(0);
  });

  it('has for a Gini coefficient half the mean difference of all pairs over the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 20 }), (amounts) => {
        const payments = after(amounts.map((amountMinor, index) => ({ on: TODAY - index, amountMinor })));
        const mean = amounts.reduce((a, b) => a + b, 0) / amounts.length;
        const differences = amounts.flatMap((one) => amounts.map((other) => Math.abs(one - other)));
        const meanDifference = differences.reduce((a, b) => a + b, 0) / differences.length;
        const { gini365BasisPoints: gini } = rfmPartsOf(payments, TODAY);
        if (mean === 0) expect(gini).toBeNull();
        else expect(Math.abs(Number(gini) - (10_000 * meanDifference) / (2 * mean))).toBeLessThan(0.5001);
      }),
    );
  });
});
