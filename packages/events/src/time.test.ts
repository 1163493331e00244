import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, formatDay, parseDate, parseInstant } from './time.ts';

describe('calendar dates', () => {
  it('knows which days exist', () => {
    expect(parseDate('1970-01-01')).toBe(0);
    expect(parseDate('2024-02-29')).toBe(19_782);
    for (const wrong of [
      '2023-02-29',
      '2023-02-30',
      '2023-13-01',
      '2023-00-10',
      '2023-1-1',
      '',
      '20230101',
    ]) {
      expect(parseDate(wrong), wrong).toBeUndefined();
    }
  });

  it('writes every day so that it reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 100_000 }), (day) => parseDate(formatDay(day)) === day),
    );
  });
});

describe('instants', () => {
  it.each([
    ['2024-01-02T03:04:05Z', 1_704_164_645_000],
    ['2024-01-02T03:04:05.678Z', 1_704_164_645_678],
    ['2024-01-02T05:04:05+02:00', 1_704_164_645_000],
    ['2024-01-01T22:34:05-04:30', 1_704_164_645_000],
  ])('reads RFC 3339 with any offset: %s', (text, ms) => {
    expect(parseInstant(text)).toBe(ms);
  });

  it.each([
    '2024-02-30T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T00:00:00',
    '2024-01-01',
    'NaN',
    '2024-01-01T00:00:61Z',
  ])('refuses what does not exist or has no offset: %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('agrees with the platform on every instant that the platform writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000 * 1_000, max: 40_000 * DAY_MS }), (ms) => {
        expect(parseInstant(new Date(ms).toISOString())).toBe(ms);
      }),
    );
  });
});
