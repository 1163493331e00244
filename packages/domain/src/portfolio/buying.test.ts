import { describe, expect, it } from 'vitest';
import { summariseBuying } from './buying.ts';

describe('few great transactions or many small ones, by class (S32)', () => {
  it('counts buyers, their transactions and what these come to', () => {
    const few = { transactions: 1, paidMinor: 900, greatestMinor: 900, giniBasisPoints: 0 };
    const many = { transactions: 4, paidMinor: 101, greatestMinor: 50, giniBasisPoints: 301 };
    const past = { transactions: 0, paidMinor: 0, greatestMinor: null, giniBasisPoints: null };
    expect(summariseBuying([few, many, past, null])).toEqual({
      customers: 4,
      buyers: 2,
      transactions: 5,
      paidMinor: 1_001,
      transactionsHundredths: 250,
      // 1,001 / 5 = 200.2; (0 + 301) / 2 = 150.5.
      meanMinor: 200,
      greatestMinor: 900,
      giniBasisPoints: 151,
    });
  });

  it('leaves free transactions out of how unlike they are, but counts them', () => {
    const free = { transactions: 2, paidMinor: 0, greatestMinor: 0, giniBasisPoints: null };
    expect(summariseBuying([free])).toMatchObject({
      buyers: 1,
      meanMinor: 0,
      greatestMinor: 0,
      giniBasisPoints: null,
    });
  });

  it('tells nothing of nobody', () => {
    expect(summariseBuying([null])).toEqual({
      customers: 1,
      buyers: 0,
      transactions: 0,
      paidMinor: 0,
      transactionsHundredths: null,
      meanMinor: null,
      greatestMinor: null,
      giniBasisPoints: null,
    });
  });
});
