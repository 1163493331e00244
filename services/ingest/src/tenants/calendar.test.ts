import { DAY_MS, formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { createCalendar, isTimeZone } from './calendar.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Pacific/Apia',
];

describe('local days', () => {
  it('are the calendar dates of the zone, at any instant', () => {
    const calendar = createCalendar();
    const instant = fc.integer({ min: 0, max: Date.UTC(2035, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instant, (zone, timeMs) => {
        const day = calendar.dayOf(zone, timeMs);
        expect(formatDay(day)).toBe(DateTime.fromMillis(timeMs, { zone }).toISODate());
        expect(calendar.startOf(zone, day)).toBeLessThanOrEqual(timeMs);
        expect(calendar.startOf(zone, day + 1)).toBeGreaterThan(timeMs);
      }),
      { numRuns: 300 },
    );
  });

  it('start where the clocks skip midnight at the first instant after it', () => {
    const calendar = createCalendar();
    const day = Date.UTC(2018, 10, 4) / DAY_MS;
    const start = calendar.startOf('America/Sao_Paulo', day);
    expect(new Date(start).toISOString()).toBe('2018-11-04T03:00:00.000Z');
  });

  it('of a zone that does not exist are an error', () => {
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(() => createCalendar().startOf('Mars/Olympus', 0)).toThrow('no such time zone');
  });
});
