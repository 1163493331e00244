import { describe, expect, it } from 'vitest';
import { asProse, dayOf, exactInstant, longDay, relativeDay, relativeInstant } from './time.ts';

describe('days as seen from the tenant’s present', () => {
  it('are told in the unit that fits their distance', () => {
    expect(relativeDay('1998-06-30', '1998-06-30')).toBe('today');
    expect(relativeDay('1998-07-12', '1998-06-30')).toBe('in 12 d');
    expect(relativeDay('1998-06-01', '1998-06-30')).toBe('4 wk ago');
    expect(relativeDay('1999-06-30', '1998-06-30')).toBe('in 12 mo');
    expect(relativeDay('1995-06-30', '1998-06-30')).toBe('3 y ago');
  });
});

describe('instants', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');

  it('are told in minutes and hours within a day, then in days', () => {
    expect(relativeInstant('2026-11-20T09:59:40Z', now)).toBe('just now');
    expect(relativeInstant('2026-11-20T09:56:00Z', now)).toBe('4 min ago');
    expect(relativeInstant('2026-11-20T07:00:00Z', now)).toBe('3 h ago');
    expect(relativeInstant('2026-11-18T07:00:00Z', now)).toBe('2 d ago');
  });

  it('are exact in the time zone of the tenant', () => {
    expect(exactInstant('2026-11-20T23:30:05Z', 'Asia/Tokyo')).toContain('21 Nov 2026');
    expect(exactInstant('2026-11-20T23:30:05Z', 'UTC')).toContain('23:30:05');
  });

  it('belong to the calendar day of the tenant', () => {
    expect(dayOf('2026-11-20T23:30:00Z', 'Asia/Tokyo')).toBe('2026-11-21');
    expect(longDay('2026-11-21')).toBe('21 Nov 2026');
  });

  it('are written out in a sentence, kept on one line, and left alone inside an id or where there is no such day', () => {
    expect(asProse('ends after 2027-01-08; notice until 2026-11-09')).toBe(
      'ends after 8\u00a0Jan\u00a02027; notice until 9\u00a0Nov\u00a02026',
    );
    expect(asProse('only 0% known, was 75.7 %')).toBe('only 0\u00a0% known, was 75.7\u00a0%');
    expect(asProse('SOW a-2026-11-09 and 2026-13-40')).toBe('SOW a-2026-11-09 and 2026-13-40');
  });
});
