import { describe, expect, it } from 'vitest';
import { TODAY } from '../test-support/records.ts';
import { type SummaryInput, summariseCustomer } from './summarise-customer.ts';

const base: SummaryInput = {
  today: TODAY,
  health: 4_600,
  before: { health: 7_100, day: TODAY - 17 },
  moves: [],
  missing: [],
  coverage: 10_000,
  valueMinor: 123_456,
  currency: 'USD',
};

describe('the summary of a customer', () => {
  it('says how far the health fell, since when, and mostly why', () => {
    const moves = [
      { text: 'two open severity-1 tickets', contribution: -600 },
      { text: 'one more sponsor', contribution: 200 },
      { text: 'fewer days of use', contribution: -1_420 },
      { text: 'a worse survey', contribution: -50 },
    ];
    expect(summariseCustomer({ ...base, moves })).toBe(
      'Health fell from 71 to 46 since 3 May, mostly fewer days of use (−14.2) and two open severity-1 tickets (−6.0).',
    );
  });

  it('says how far it rose, with the year where it was another one', () => {
    const moves = [{ text: 'more logins', contribution: 1_000 }];
    const before = { health: 3_600, day: TODAY - 150 };
    expect(summariseCustomer({ ...base, before, moves })).toBe(
      'Health rose from 36 to 46 since 22 December 2023, mostly more logins (+10.0).',
    );
  });

  it('does not make news of half a point', () => {
    const before = { health: 4_570, day: TODAY - 3 };
    expect(summariseCustomer({ ...base, before })).toBe('Health has stayed at 46 since 17 May.');
  });

  it('names what carries a first score', () => {
    const moves = [
      { text: 'logins on 20 days', contribution: 3_000 },
      { text: 'no goals', contribution: 0 },
    ];
    expect(summariseCustomer({ ...base, before: null, moves })).toBe(
      'Health is 46, carried by logins on 20 days (+30.0).',
    );
  });

  it('says what is missing where the health cannot be scored (N2)', () => {
    const missing = ['login-frequency', 'csat', 'goals-met', 'ticket-load'].map((signal) => ({
      signal,
      why: 'no-data' as const,
    }));
    expect(summariseCustomer({ ...base, health: null, before: null, missing, coverage: 1_000 })).toBe(
      'Worth 1,234.56 USD; health cannot be scored: only 10 % of the signals are known, ' +
        'missing are login frequency, csat, goals met and 1 more.',
    );
  });
});
