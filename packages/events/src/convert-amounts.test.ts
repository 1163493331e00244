import { describe, expect, it } from 'vitest';
import { type AcceptanceContext, acceptEvent } from './accept-event.ts';
import { ExchangeRates } from './exchange-rates.ts';
import { MAX_AMOUNT_MINOR } from './ids.ts';

const DAY = Date.UTC(2026, 0, 5) / 86_400_000;
const SIGNED = '2025-12-22';
const SIGNED_DAY = Date.UTC(2025, 11, 22) / 86_400_000;
const rates = new ExchangeRates({
  version: '2026-01-05-abc',
  currencies: ['USD', 'EUR'],
  days: [
    { day: SIGNED_DAY, worths: ['1.1', '1'] },
    { day: SIGNED_DAY + 7, worths: ['1.15', '1'] },
    { day: DAY, worths: ['1.2', '1'] },
  ],
});
const CONTEXT: AcceptanceContext = {
  tenant: 'acme',
  settings: { currency: 'USD', timeZone: 'UTC', synthetic: false, clock: 'live' },
  calendar: { dayOf: (_zone, timeMs) => Math.floor(timeMs / 86_400_000) },
  receivedAt: (DAY + 1) * 86_400_000,
  historical: false,
  frozenDay: null,
  rates,
};

function accept(type: string, data: object, context: Partial<AcceptanceContext> = {}) {
  const time = '2026-01-05T12:00:00Z';
  const event = { specversion: '1.0', id: 'e1', source: 'crm', type, subject: 'c1', time, data };
  const result = acceptEvent(event, { ...CONTEXT, ...context });
  return result.ok ? result.event : result;
}

describe('amounts in another currency than the tenant’s (D23)', () => {
  it('of a payment are converted at the rate of its day, and what came is kept beside', () => {
    const event = accept('payment.paid', { amountMinor: 10_001, currency: 'EUR' });
    expect(event).toMatchObject({
      data: { amountMinor: 12_001, currency: 'USD' },
      conversion: {
        currency: 'EUR',
        amounts: [{ field: 'amountMinor', valueMinor: 10_001 }],
        rate: '1.2',
        rateDay: DAY,
        ratesVersion: '2026-01-05-abc',
      },
    });
  });

  it('of an agreement are converted at the rate of its signature, whatever is told of it', () => {
    const told = {
      agreementId: 'A',
      valueMinor: 1_000,
      deltaMinor: -10,
      currency: 'EUR',
      signedDate: SIGNED,
    };
    const event = accept('agreement.amended', { ...told, effectiveDate: '2026-01-05' });
    expect(event).toMatchObject({ data: { valueMinor: 1_100, deltaMinor: -11 } });
    expect(event).toMatchObject({ conversion: { rateDay: SIGNED_DAY, rate: '1.1' } });
  });

  it('of an agreement whose signature is not told are converted at the rate of the day they take effect', () => {
    const told = { agreementId: 'A', valueMinor: 1_000, currency: 'EUR' };
    expect(accept('agreement.amended', { ...told, effectiveDate: '2025-12-30' })).toMatchObject({
      data: { valueMinor: 1_150 },
      conversion: { rateDay: SIGNED_DAY + 7 },
    });
    expect(accept('agreement.created', told)).toMatchObject({ data: { valueMinor: 1_200 } });
  });

  it('in the currency of the tenant stay as they are, named or not', () => {
    for (const named of [{}, { currency: 'USD' }]) {
      const event = accept('payment.paid', { amountMinor: 5, ...named });
      expect(event).toMatchObject({ data: { amountMinor: 5, ...named } });
      expect(event).not.toHaveProperty('conversion');
    }
  });

  it.each([
    { why: 'there are no rates', currency: 'EUR', table: null, lack: 'no exchange rates are configured' },
    {
      why: 'none was published',
      currency: 'CHF',
      table: rates,
      lack: 'there is no rate of it for 2026-01-05',
    },
  ])('are refused where $why', ({ currency, table, lack }) => {
    expect(accept('payment.paid', { amountMinor: 1, currency }, { rates: table })).toMatchObject({
      ok: false,
      reason: 'currency-not-convertible',
      faults: [{ path: '/data/currency', expected: `USD, the currency of this tenant: ${lack}` }],
    });
  });

  it('that are too great once converted are refused, and not rounded', () => {
    const event = accept('payment.paid', { amountMinor: MAX_AMOUNT_MINOR, currency: 'EUR' });
    expect(event).toMatchObject({
      reason: 'currency-not-convertible',
      faults: [{ path: '/data/amountMinor', got: String(MAX_AMOUNT_MINOR) }],
    });
  });
});
