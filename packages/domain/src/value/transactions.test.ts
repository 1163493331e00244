import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialPayments } from '../rfm/payments-state.ts';
import { paymentsAfter, TODAY } from './test-support.ts';
import { transactionSpreadOf } from './transactions.ts';

describe('concentration of transactions (S32)', () => {
  it('counts days with payments of the last 365, and tells their mean and greatest', () => {
    const payments = paymentsAfter([
      [TODAY - 366, 9_000],
      [TODAY - 40, 100],
      [TODAY - 40, 200],
      [TODAY, 100],
    ]);
    expect(transactionSpreadOf(payments, TODAY)).toEqual({
      count: 2,
      payments: 3,
      meanMinor: 200,
      maxMinor: 300,
      giniBasisPoints: 2_500,
    });
  });

  it('tells nothing of nothing', () => {
    expect(transactionSpreadOf(initialPayments(), TODAY)).toEqual({
      count: 0,
      payments: 0,
      meanMinor: null,
      maxMinor: null,
      giniBasisPoints: null,
    });
    expect(transactionSpreadOf(paymentsAfter([[TODAY, 0]]), TODAY)).toMatchObject({
      maxMinor: 0,
      giniBasisPoints: null,
    });
  });

  it('is half the mean difference of all pairs over the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 20 }), (amounts) => {
        const payments = paymentsAfter(amounts.map((amount, index) => [TODAY - index, amount] as const));
        const mean = amounts.reduce((a, b) => a + b, 0) / amounts.length;
        const differences = amounts.flatMap((one) => amounts.map((other) => Math.abs(one - other)));
        const meanDifference = differences.reduce((a, b) => a + b, 0) / differences.length;
        const { giniBasisPoints } = transactionSpreadOf(payments, TODAY);
        if (mean === 0) expect(giniBasisPoints).toBeNull();
        else
          expect(Math.abs(Number(giniBasisPoints) - (10_000 * meanDifference) / (2 * mean))).toBeLessThan(
            0.5001,
          );
      }),
    );
  });
});
