import { describe, expect, it } from 'vitest';
import {
  exactMoney,
  inTitle,
  inWords,
  minorDigits,
  plural,
  shortMoney,
  signed,
  signedMoney,
} from './format.ts';

describe('money in tables', () => {
  it('is short, with three significant digits and no currency sign', () => {
    expect(shortMoney(1_400_647_911, 'USD')).toBe('14.0 M');
    expect(shortMoney(95_000_000, 'USD')).toBe('950 k');
    expect(shortMoney(123_456, 'USD')).toBe('1.23 k');
    expect(shortMoney(250_000_000_000, 'USD')).toBe('2.50 bn');
  });

  it('never rounds up into four digits of the smaller unit', () => {
    expect(shortMoney(99_999_900, 'USD')).toBe('1.00 M');
    expect(shortMoney(99_949_900, 'USD')).toBe('999 k');
  });

  it('says that a very small amount is not nothing', () => {
    expect(shortMoney(12, 'USD')).toBe('<1');
    expect(shortMoney(0, 'USD')).toBe('0');
  });

  it('knows the minor digits of each currency', () => {
    expect(minorDigits('JPY')).toBe(0);
    expect(shortMoney(5_000, 'JPY')).toBe('5.00 k');
    expect(exactMoney(5_000, 'JPY')).toBe('5,000 JPY');
  });

  it('is exact on hover, to the last minor unit, with a true minus', () => {
    expect(exactMoney(1_400_647_911, 'USD')).toBe('14,006,479.11 USD');
    expect(exactMoney(-5, 'USD')).toBe('\u22120.05 USD');
  });

  it('takes a code that is no currency as one with two digits', () => {
    expect(exactMoney(150, '??')).toBe('1.50 ??');
  });
});

describe('words and signs', () => {
  it('turns codes into words', () => {
    expect(inWords('usage.login-days')).toBe('usage: login days');
    expect(inTitle('paymentTerms')).toBe('Payment terms');
  });

  it('writes in capitals what is said letter by letter', () => {
    expect(inTitle('ltv')).toBe('LTV');
    expect(inTitle('engagement.qbr-scheduled')).toBe('Engagement: QBR scheduled');
    expect(inTitle('feedback.csat')).toBe('Feedback: CSAT');
    expect(inWords('agreementId')).toBe('agreement ID');
    expect(inWords('validation')).toBe('validation');
  });

  it('gives a changed amount its sign', () => {
    expect(signedMoney(9_652_585, 'USD')).toBe('+96,525.85 USD');
    expect(signedMoney(-5, 'USD')).toBe('\u22120.05 USD');
  });

  it('gives a change its sign, and zero none', () => {
    expect(signed(3.14)).toBe('+3.1');
    expect(signed(-0.4)).toBe('\u22120.4');
    expect(signed(-0.04)).toBe('0.0');
  });

  it('counts one and many', () => {
    expect(plural(1, 'match', 'matches')).toBe('1 match');
    expect(plural(2_357, 'customer')).toBe('2,357 customers');
  });
});
