import { describe, expect, it } from 'vitest';
import { readRates } from './read-rates.ts';

/** The form of the European Central Bank: newest first, a comma at the end, N/A where nothing was published. */
const PUBLISHED = 'Date,USD,JPY,CYP,\n2026-01-05,1.0834,163.21,N/A,\n2026-01-02,1.0801,162.9,N/A,\n';
const DAY = Date.UTC(2026, 0, 5) / 86_400_000;

const ratesOf = (text: string) => {
  const read = readRates(text);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.rates;
};
const faultsOf = (text: string) => {
  const read = readRates(text);
  return read.ok ? [] : read.faults.map(({ path, expected, got }) => `${path}: ${expected}, got ${got}`);
};

describe('a file of exchange rates (D23)', () => {
  it('is read as the European Central Bank publishes it', () => {
    const rates = ratesOf(PUBLISHED);
    expect(rates.on(DAY, { from: 'EUR', to: 'USD' })).toMatchObject({ day: DAY, text: '1.0834' });
    expect(rates.on(DAY - 1, { from: 'EUR', to: 'JPY' })).toMatchObject({ day: DAY - 3, text: '162.9' });
    expect(rates.on(DAY, { from: 'CYP', to: 'USD' })).toBeUndefined();
  });

  it('may be in another base, with a column for the euro', () => {
    const rates = ratesOf('Date,USD,EUR\n2026-01-05,1,0.9\n');
    expect(rates.on(DAY, { from: 'EUR', to: 'USD' })?.text).toBe('1.11111111');
  });

  it('has a version that says its newest day, and differs with anything in it', () => {
    expect(ratesOf(PUBLISHED).version).toMatch(/^2026-01-05-.{8}$/);
    expect(ratesOf(PUBLISHED).version).toBe(ratesOf(PUBLISHED).version);
    expect(ratesOf(PUBLISHED.replace('162.9', '162.8')).version).not.toBe(ratesOf(PUBLISHED).version);
  });

  it('that is wrong is told with every place where it is', () => {
    const text = 'Day,USD,usd,USD\n2026-13-05,1.1,1,1\n2026-01-02,-1,1,1\n2026-01-02,0,x,1\n';
    expect(faultsOf(text)).toEqual([
      'row 1: Date as the first column, got "Day"',
      'row 1, column 3: an ISO 4217 code, got "usd"',
      'row 1, column 4: each currency once, got "USD"',
      'row 2, Date: a date as YYYY-MM-DD, got "2026-13-05"',
      'row 3, USD: a decimal number above 0, or N/A, got "-1"',
      'row 4, USD: a decimal number above 0, or N/A, got "0"',
      'row 4, usd: a decimal number above 0, or N/A, got "x"',
      'row 4, Date: each day once, got "2026-01-02"',
    ]);
  });

  it.each([
    ['is empty', '', 'row 1: Date as the first column, got "nothing"'],
    ['has no day', 'Date,USD\n', 'row 2: a day with its rates, got "no row"'],
    ['is no CSV', 'Date,"USD\n1,2\n', 'the file: CSV (RFC 4180)'],
  ])('that %s is refused', (_what, text, fault) => {
    expect(faultsOf(text)[0]).toContain(fault);
  });
});
