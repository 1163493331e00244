import { describe, expect, it } from 'vitest';
import type { TenantView } from '../read/tenant-view.ts';
import { askedInstants, type DateMeaning } from './instants.ts';
import { ProblemError } from './problem.ts';

const NOW = Date.UTC(2024, 4, 20, 12);

function asked(text: string | undefined, timeZone = 'UTC', means: DateMeaning = 'last'): string {
  const view = { settings: { timeZone } } as TenantView;
  const { at } = askedInstants({ at: { text, means, otherwise: NOW } }, view, NOW);
  return new Date(at).toISOString();
}
function faultOf(text: string): string | undefined {
  try {
    return asked(text);
  } catch (error) {
    if (error instanceof ProblemError)
      return error.faults?.map(({ path, expected }) => `${path} ${expected}`).join();
    throw error;
  }
}

describe('an instant that is asked for', () => {
  it('is one as RFC 3339 has it, or now where none is', () => {
    expect(asked('2024-05-01T10:00:00+02:00')).toBe('2024-05-01T08:00:00.000Z');
    expect(asked(undefined)).toBe('2024-05-20T12:00:00.000Z');
  });

  it('is the first or last of a date in the time zone of the tenant, also where clocks change', () => {
    expect(asked('2024-05-01')).toBe('2024-05-01T23:59:59.999Z');
    expect(asked('2024-05-01', 'UTC', 'first')).toBe('2024-05-01T00:00:00.000Z');
    // Berlin has 23 hours on 31 March 2024: from UTC+1 to UTC+2.
    expect(asked('2024-03-31', 'Europe/Berlin', 'first')).toBe('2024-03-30T23:00:00.000Z');
    expect(asked('2024-03-31', 'Europe/Berlin')).toBe('2024-03-31T21:59:59.999Z');
    expect(asked('2024-05-01', 'Pacific/Kiritimati', 'first')).toBe('2024-04-30T10:00:00.000Z');
  });

  it('is now for the end of today', () => {
    expect(asked('2024-05-20')).toBe('2024-05-20T12:00:00.000Z');
  });

  it.each(['yesterday', '2024-02-30', '2024-05-01T25:00:00Z', ''])('is not %j', (text) => {
    expect(faultOf(text)).toBe('?at an RFC 3339 instant or a date, YYYY-MM-DD');
  });

  it('has passed', () => {
    expect(faultOf('2024-05-20T12:00:00.001Z')).toBe('?at an instant that has passed');
    expect(faultOf('2024-05-21')).toBe('?at a date that has begun');
  });
});
