import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorDigits } from './currencies.ts';
import { ExchangeRates } from './exchange-rates.ts';

const MONDAY = 20_456;
/** Reference rates of the euro as the European Central Bank publishes them. */
const rates = new ExchangeRates({
  version: 'test',
  currencies: ['USD', 'JPY', 'GBP', 'EUR'],
  days: [
    { day: MONDAY + 4, worths: ['1.25', '160', null, '1'] },
    { day: MONDAY, worths: ['1.2', '150', '0.8', '1'] },
  ],
});

describe('exchange rates (D23)', () => {
  it.each([
    { from: 'EUR', to: 'USD', text: '1.2', amountMinor: 10_000, converted: 12_000n },
    { from: 'USD', to: 'EUR', text: '0.83333333', amountMinor: 10_000, converted: 8_333n },
    { from: 'GBP', to: 'USD', text: '1.5', amountMinor: 10_000, converted: 15_000n },
    // 100.00 EUR are 15,000 JPY, which have no decimals; 100 JPY are 0.67 EUR
    { from: 'EUR', to: 'JPY', text: '150', amountMinor: 10_000, converted: 15_000n },
    { from: 'JPY', to: 'EUR', text: '0.00666667', amountMinor: 100, converted: 67n },
  ])('go from $from to $to through the euro', ({ from, to, text, amountMinor, converted }) => {
    const rate = rates.on(MONDAY, { from, to });
    expect(rate).toMatchObject({ day: MONDAY, text });
    expect(rate?.convert(amountMinor)).toBe(converted);
  });

  it('round half away from zero, so that what is taken back is what was told', () => {
    const rate = rates.on(MONDAY + 4, { from: 'EUR', to: 'USD' });
    // 0.02 EUR are 0.025 USD
    expect([rate?.convert(2), rate?.convert(-2)]).toEqual([3n, -3n]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (amountMinor) => {
        const converted = Number(rate?.convert(amountMinor));
        expect(Math.abs(converted - amountMinor * 1.25)).toBeLessThanOrEqual(0.5);
        expect(rate?.convert(-amountMinor)).toBe(BigInt(-converted));
      }),
    );
  });

  it('hold over weekends and holidays, up to a week, and never for days before', () => {
    const pair = { from: 'EUR', to: 'USD' };
    expect(rates.on(MONDAY - 1, pair)).toBeUndefined();
    expect(rates.on(MONDAY + 3, pair)?.day).toBe(MONDAY);
    expect(rates.on(MONDAY + 4, pair)?.day).toBe(MONDAY + 4);
    expect(rates.on(MONDAY + 11, pair)?.day).toBe(MONDAY + 4);
    expect(rates.on(MONDAY + 12, pair)).toBeUndefined();
  });

  it('are those of the last day that has both currencies', () => {
    expect(rates.on(MONDAY + 5, { from: 'GBP', to: 'USD' })).toMatchObject({ day: MONDAY, text: '1.5' });
    expect(rates.on(MONDAY, { from: 'CHF', to: 'USD' })).toBeUndefined();
  });
});

describe('the minor unit of a currency', () => {
  it('has two decimals for most, none or three for some', () => {
    expect(['USD', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 0, 3]);
  });
});
