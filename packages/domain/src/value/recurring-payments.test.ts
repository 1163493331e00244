import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import {
  evolveRecurringPayments,
  LATE_PAYMENT_DAYS,
  MAX_RECURRING_PAYMENTS,
  paidMonthlyOn,
  type RecurringPayment,
} from './recurring-payments.ts';
import { shuffled, TODAY } from './test-support.ts';

const paid = (
  on: number,
  amountMinor: number,
  facts: { agreementId?: string; invoiceId?: string; months?: number },
) => {
  const { months = 1, ...ids } = facts;
  return given('payment.paid', on, { data: { amountMinor, recurringMonths: months, ...ids } });
};

function after(
  events: readonly ReturnType<typeof paid>[],
  keptFromDay = TODAY - 400,
): readonly RecurringPayment[] {
  let payments: readonly RecurringPayment[] = [];
  for (const event of events) payments = evolveRecurringPayments(payments, event, keptFromDay);
  return payments;
}

describe('recurring payments (S109)', () => {
  it('are those that are for a period; others leave no trace', () => {
    const once = given('payment.paid', TODAY, { data: { amountMinor: 5 } });
    expect(evolveRecurringPayments([], once, 0)).toEqual([]);
    expect(after([paid(TODAY, 5, { months: 0 })])).toEqual([]);
  });

  it('bring their amount over their months, for that time and the month that they may be late', () => {
    const yearly = after([paid(TODAY, 1_200_00, { months: 12 })]);
    expect(paidMonthlyOn(yearly, TODAY - 1)).toBeNull();
    expect(paidMonthlyOn(yearly, TODAY)).toBe(100_00);
    // 12 months of 30.4375 days are 365.25, so 366 days with the one begun
    expect(paidMonthlyOn(yearly, TODAY + 366 - 1 + LATE_PAYMENT_DAYS)).toBe(100_00);
    expect(paidMonthlyOn(yearly, TODAY + 366 + LATE_PAYMENT_DAYS)).toBeNull();
  });

  it('do not count twice when the next one comes early, nor fall away when it comes late', () => {
    const monthly = after([paid(TODAY - 70, 100, {}), paid(TODAY - 44, 100, {}), paid(TODAY - 2, 120, {})]);
    for (let day = TODAY - 70; day < TODAY - 2; day += 1) expect(paidMonthlyOn(monthly, day)).toBe(100);
    expect(paidMonthlyOn(monthly, TODAY)).toBe(120);
  });

  it('add up the parts of one invoice on the day of the first, and periods of other lengths beside each other', () => {
    const parts = [paid(TODAY - 9, 60, { invoiceId: 'n1' }), paid(TODAY - 1, 40, { invoiceId: 'n1' })];
    expect(paidMonthlyOn(after(parts), TODAY - 9)).toBe(100);
    // 31 days of the month with the one begun, and as many that it may be late
    expect(paidMonthlyOn(after(parts), TODAY - 9 + 61)).toBe(100);
    expect(paidMonthlyOn(after(parts), TODAY - 9 + 62)).toBeNull();
    expect(paidMonthlyOn(after([...parts, paid(TODAY, 300, { months: 3 })]), TODAY)).toBe(200);
  });

  it('do not add up parts of which the first stood no more when the next came', () => {
    const parts = after([paid(TODAY - 62, 60, { invoiceId: 'n1' }), paid(TODAY, 40, { invoiceId: 'n1' })]);
    expect(paidMonthlyOn(parts, TODAY - 62)).toBe(60);
    expect(paidMonthlyOn(parts, TODAY)).toBe(40);
  });

  it('tell the same of days that are kept when parts of an invoice were let go in between', () => {
    const days = fc.array(fc.integer({ min: TODAY - 400, max: TODAY }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(days, (all) => {
        const parts = all
          .toSorted((a, b) => a - b)
          .map((on, index) => paid(on, 2 ** index, { invoiceId: 'n1' }));
        const forgetful = parts.reduce<readonly RecurringPayment[]>(
          (kept, part) => evolveRecurringPayments(kept, part, part.day - 20),
          [],
        );
        const last = parts.at(-1)?.day ?? TODAY;
        for (let day = last - 20; day <= last + 62; day += 1) {
          expect(paidMonthlyOn(forgetful, day)).toBe(paidMonthlyOn(after(parts), day));
        }
      }),
    );
  });

  it('are let go when they stand for no day that is kept, and of too many those that stand shortest', () => {
    expect(after([paid(TODAY - 523, 1, {})])).toEqual([]);
    expect(after([paid(TODAY - 522, 1, {})])).toHaveLength(1);
    const many = Array.from({ length: MAX_RECURRING_PAYMENTS + 5 }, (_, index) =>
      paid(TODAY - (index % 300), 1, { invoiceId: `n${index}` }),
    );
    const kept = after(many);
    expect(kept).toHaveLength(MAX_RECURRING_PAYMENTS);
    expect(kept.filter(({ day }) => day === TODAY)).toHaveLength(4);
  });

  it('are the same whatever the order of arrival (N5)', () => {
    const any = fc
      .record({
        on: fc.integer({ min: TODAY - 300, max: TODAY }),
        amountMinor: fc.nat(1_000),
        facts: fc.record({ agreementId: fc.constantFrom('', 'A'), months: fc.constantFrom(1, 3) }),
        invoiceId: fc.option(fc.constantFrom('n1', 'n2'), { nil: undefined }),
      })
      .map(({ on, amountMinor, facts, invoiceId }) =>
        paid(on, amountMinor, invoiceId === undefined ? facts : { ...facts, invoiceId }),
      );
    fc.assert(
      fc.property(shuffled(any), ([one, other]) => {
        expect(after(other)).toEqual(after(one));
      }),
    );
  });
});
