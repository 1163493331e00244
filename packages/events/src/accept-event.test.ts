import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AcceptanceContext, acceptEvent, FUTURE_TOLERANCE_MS } from './accept-event.ts';
import { MAX_AMOUNT_MINOR } from './ids.ts';
import { parseDate } from './time.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const CONTEXT: AcceptanceContext = {
  tenant: 'acme',
  settings: { currency: 'USD', timeZone: 'America/New_York', synthetic: false, clock: 'live' },
  calendar: {
    dayOf: (timeZone, timeMs) =>
      parseDate(new Intl.DateTimeFormat('en-CA', { timeZone }).format(timeMs)) ?? Number.NaN,
  },
  receivedAt: NOW,
  historical: false,
  frozenDay: null,
  rates: null,
};
const PAYMENT = {
  specversion: '1.0',
  id: 'p1',
  source: '/billing',
  type: 'payment.paid',
  subject: 'c1',
  time: '2026-01-05T03:00:00Z',
  data: { amountMinor: 100 },
};

function judge(change: object, context: Partial<AcceptanceContext> = {}) {
  const result = acceptEvent({ ...PAYMENT, ...change }, { ...CONTEXT, ...context });
  return result.ok ? 'accepted' : [result.reason, result.faults[0]?.path];
}

describe('an event at the gate', () => {
  it('is stamped with its day in the zone of its tenant', () => {
    const result = acceptEvent(PAYMENT, CONTEXT);
    expect(result.ok && result.event.day).toBe(Date.UTC(2026, 0, 4) / 86_400_000);
  });

  it.each([
    ['a wrong type of a field', { data: { amountMinor: '100' } }, 'invalid-data', '/data/amountMinor'],
    ['an amount that JSON cannot hold', { data: { amountMinor: null } }, 'invalid-data', '/data/amountMinor'],
    ['NaN', { data: { amountMinor: Number.NaN } }, 'invalid-data', '/data/amountMinor'],
    [
      'too large an amount',
      { data: { amountMinor: MAX_AMOUNT_MINOR + 1 } },
      'invalid-data',
      '/data/amountMinor',
    ],
    ['a negative payment', { data: { amountMinor: -1 } }, 'invalid-data', '/data/amountMinor'],
    ['an unknown field', { data: { amountMinor: 1, amount: 1 } }, 'invalid-data', '/data/amount'],
    ['an unknown type', { type: 'payment.payed' }, 'unknown-type', '/type'],
    ['a date that does not exist', { time: '2023-02-30T00:00:00Z' }, 'invalid-time', '/time'],
    ['an id with a control character', { id: 'a\u0007' }, 'not-a-cloudevent', '/id'],
    ['a customer with $', { subject: '$where' }, 'not-a-cloudevent', '/subject'],
    ['a customer with a control character', { subject: 'a\nb' }, 'not-a-cloudevent', '/subject'],
    ['a reserved customer', { subject: '@portfolio' }, 'not-a-cloudevent', '/subject'],
    [
      'a merge into a reserved customer',
      { type: 'customer.merged', data: { into: '@portfolio' } },
      'invalid-data',
      '/data/into',
    ],
    ['no customer', { subject: undefined }, 'not-a-cloudevent', '/subject'],
    [
      'another currency',
      { data: { amountMinor: 1, currency: 'EUR' } },
      'currency-not-convertible',
      '/data/currency',
    ],
  ] as const)('is refused for %s', (_, change, ...fault) => expect(judge(change)).toEqual(fault));

  it('is told which currency the tenant counts in (D23); without one it is in that', () => {
    const event = { ...PAYMENT, data: { amountMinor: 1, currency: 'EUR' } };
    const answer = acceptEvent(event, CONTEXT);
    expect(answer).toMatchObject({
      faults: [
        {
          path: '/data/currency',
          expected: 'USD, the currency of this tenant: no exchange rates are configured',
          got: '"EUR"',
        },
      ],
    });
    expect(judge({ data: { amountMinor: 1, currency: 'USD' } })).toBe('accepted');
    expect(judge({ data: { amountMinor: 1 } })).toBe('accepted');
  });

  it('may be five minutes ahead, not more', () => {
    const at = (ms: number) => new Date(NOW + ms).toISOString();
    expect(judge({ time: at(FUTURE_TOLERANCE_MS) })).toBe('accepted');
    expect(judge({ time: at(FUTURE_TOLERANCE_MS + 1) })).toEqual(['future-time', '/time']);
  });

  it('may not lie after the day its tenant is frozen at, unless it is an action of people', () => {
    const frozenDay = Date.UTC(2026, 0, 3) / 86_400_000;
    expect(judge({}, { frozenDay })).toEqual(['tenant-frozen', '/time']);
    expect(judge({ time: '2026-01-04T03:00:00Z' }, { frozenDay })).toBe('accepted');
    const acknowledged = { type: 'alert.acknowledged', data: { alertId: 'at-risk:c1:x:1', actor: 'Ann' } };
    expect(judge(acknowledged, { frozenDay })).toBe('accepted');
    expect(judge({ ...acknowledged, subject: '@portfolio' }, { frozenDay })).toBe('accepted');
  });

  it('may be what a source tells of itself for all customers (N14), and nothing else may be', () => {
    const gap = { type: 'source.gap-detected', subject: '@portfolio', data: { cause: 'reported' } };
    expect(judge(gap)).toBe('accepted');
    expect(judge({ ...gap, subject: '@board' })).toEqual(['not-a-cloudevent', '/subject']);
  });

  it('loses constructor and prototype on the way', () => {
    const result = acceptEvent(
      { ...PAYMENT, data: { amountMinor: 100, constructor: {}, prototype: 1 } },
      CONTEXT,
    );
    expect(result.ok && result.event.data).toEqual({ amountMinor: 100 });
  });

  it('loses __proto__ on the way, and nothing is changed by it', () => {
    const text = JSON.stringify(PAYMENT).replace(
      '"amountMinor":100',
      '"amountMinor":100,"__proto__":{"admin":true}',
    );
    const result = acceptEvent(JSON.parse(text.replace('{', '{"__proto__":{"type":"x"},')), CONTEXT);
    expect(result.ok && result.event.data).toEqual({ amountMinor: 100 });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('never throws, whatever JSON holds', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => void acceptEvent(value, CONTEXT)));
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), (data) => void judge({ data })));
  });
});
