import { describe, expect, it } from 'vitest';
import { healthOf, ltvOf, situationOf } from '../test-support/records.ts';
import { describeChange } from './describe-change.ts';

describe('a change in words', () => {
  it.each([
    [healthOf(4_600, { previous: 7_100 }), 'Health 71.0 → 46.0 (at-risk)'],
    [healthOf(4_600), 'Health 46.0 (at-risk)'],
    [healthOf(null, { previous: 4_600 }), 'Health 46.0 → not-scorable'],
    [{ ...ltvOf(150), previous: 100 }, 'Value 1.00 USD → 1.50 USD'],
    [{ ...ltvOf(100), previous: 100 }, 'Value stays at 1.00 USD'],
    [situationOf('renewal.due', { text: 'SOW s1 ends in 30 days' }), 'SOW s1 ends in 30 days'],
  ])('%# reads as expected', (change, text) => {
    expect(describeChange(change)).toBe(text);
  });

  const purchases = (transactions: number, frequency365: number) =>
    ({
      ...ltvOf(0),
      type: 'score.rfm.changed',
      score: 'rfm',
      parts: { transactions, frequency365 },
    }) as const;
  const sameValue = { ...ltvOf(100, { activeMinor: 50, activeAgreements: 1 }), previous: 100 };
  it.each([
    [purchases(1, 1), {}, 'Purchases: 1 transaction'],
    [
      purchases(22, 6),
      { rfm: { transactions: 21, frequency365: 5, paidMinor: 1 } },
      'Purchases: 22 transactions, was 21',
    ],
    [purchases(22, 5), { rfm: { frequency365: 6, monetary365Minor: 9 } }, '12-month purchases 5, was 6'],
    [
      purchases(22, 5),
      { rfm: { paidMinor: 9, monetary365Minor: 9 } },
      'Purchases: 22 transactions, and another payment on the day of one of them',
    ],
    [
      sameValue,
      { ltv: { activeMinor: 100, activeAgreements: 2 } },
      'Value stays at 1.00 USD; active value 0.50 USD, was 1.00 USD',
    ],
    [sameValue, { ltv: { activeAgreements: 2 } }, 'Value stays at 1.00 USD; active agreements 1, was 2'],
  ])('%# names the part that moved', (change, earlier, text) => {
    expect(describeChange(change, earlier)).toBe(text);
  });
});
