import { describe, expect, it } from 'vitest';
import { initialPayments } from '../rfm/payments-state.ts';
import type { ChurnInput } from './churn-input.ts';
import { type ChurnRecord, type ChurnWarning, MOST_JUDGED, outcomeOf } from './churn-record.ts';
import { nextRecordDay, recordOf } from './observe-churn.ts';
import { AGREEMENT, BUYER, TODAY, USUAL } from './test-support.ts';

/** 20,000 = 54 x 365 + 290: the day of the year of this slot, 290 x 1024 / 365 = 813.6. */
const SLOT = 814;

interface Given {
  readonly slot?: number;
  readonly told?: number | null;
  readonly input?: ChurnInput;
  readonly warnings?: readonly ChurnWarning[];
}

function on(today: number, previous: ChurnRecord | null, given: Given = {}): ChurnRecord | null {
  const { slot = SLOT, told = 2_000, input = USUAL, warnings = [] } = given;
  return recordOf(previous, {
    slot,
    today,
    // Nothing is known of an end: USUAL has an agreement by its readings alone.
    sources: { agreements: [], payments: initialPayments() },
    warnings,
    toldBasisPoints: told,
    churnInput: () => input,
  });
}

describe('the record of a customer (N11)', () => {
  it('notes once a year, on the customer’s own day, what is told and read', () => {
    expect(on(TODAY - 1, null)).toBeNull();
    const { open, judged } = on(TODAY, null) ?? {};
    expect(judged).toEqual([]);
    expect(open).toEqual({
      day: TODAY,
      toldBasisPoints: 2_000,
      readings: [65, 0, 8, 0, 0, 70, 800, 0, 1, 1, 0, null],
      warned: [null, null, null],
    });
    expect(on(TODAY, null, { slot: SLOT - 3 })).toBeNull();
    expect(on(TODAY - 1, null, { slot: SLOT - 3 })?.open?.day).toBe(TODAY - 1);
    expect(on(365 * 9, null, { slot: 0, input: BUYER })?.open?.day).toBe(365 * 9);
    expect(on(365 * 9 + 364, null, { slot: 1_023, input: BUYER })?.open?.day).toBe(365 * 9 + 364);
  });

  it('is none where the end is not open: nothing told, bound, leaving, or over already', () => {
    const contract = (facts: Partial<typeof AGREEMENT>) => ({
      input: { ...USUAL, contract: { ...AGREEMENT, ...facts } },
    });
    expect(on(TODAY, null, { told: null })).toBeNull();
    expect(on(TODAY, null, contract({ boundUntilDay: TODAY + 365 }))).toBeNull();
    expect(on(TODAY, null, contract({ boundUntilDay: TODAY + 364 }))).not.toBeNull();
    expect(on(TODAY, null, contract({ isTerminationTold: true }))).toBeNull();
    expect(on(TODAY, null, contract({ activeCount: 0 }))).toBeNull();
    const bought = (lastDay: number) => ({
      input: { ...BUYER, purchases: { firstDay: TODAY - 900, lastDay, count: 5 } },
    });
    expect(on(TODAY, null, bought(TODAY - 365))).toBeNull();
    expect(on(TODAY, null, bought(TODAY - 364))).not.toBeNull();
    expect(on(TODAY, null, { input: { ...BUYER, purchases: { missing: 'no-data' } } })).toBeNull();
  });

  it('keeps the first day of each warning, that of the observation where it stood already', () => {
    const first = on(TODAY, null, { warnings: ['high-churn'] });
    const second = on(TODAY + 20, first, { warnings: ['at-risk', 'high-churn'] });
    const third = on(TODAY + 40, second, { warnings: ['at-risk'] });
    expect(second?.open?.warned).toEqual([TODAY + 20, null, TODAY]);
    expect(third).toBe(second);
  });

  it('is judged 365 days later, when the next observation is made; some years are kept', () => {
    const buyer = { input: BUYER };
    let record = on(TODAY, null, buyer);
    expect(on(TODAY + 364, record, buyer)).toBe(record);
    record = on(TODAY + 365, record, {
      input: { ...BUYER, purchases: bought(1) },
      warnings: ['at-risk'],
    });
    // A warning of the day on which the year is over belongs to the next.
    expect(record?.judged).toMatchObject([{ day: TODAY, endedDay: TODAY + 365, warned: [null, null, null] }]);
    expect(record?.open).toMatchObject({ day: TODAY + 365, warned: [TODAY + 365, null, null] });
    for (let year = 2; year <= 6; year += 1)
      record = on(TODAY + 365 * year, record, { input: { ...BUYER, purchases: bought(year) } });
    expect(record?.judged.map(({ day }) => (day - TODAY) / 365)).toEqual([3, 4, 5]);
    expect(record?.judged).toHaveLength(MOST_JUDGED);
  });

  it('leaves out whose agreements turn out never to have been in force', () => {
    expect(on(TODAY + 365, on(TODAY, null), { told: null })).toEqual({ open: null, judged: [] });
  });

  it('is as models are fitted to it: readings by signal, what is not known left out', () => {
    const observation = on(TODAY, null, { input: BUYER })?.open;
    if (!observation) throw new Error('nothing was observed');
    const { day, readings, ended } = outcomeOf({ ...observation, endedDay: TODAY + 365 });
    expect({ day, ended }).toEqual({ day: TODAY, ended: true });
    // 10 gaps over 300 days, the last purchase 30 days ago
    expect(readings).toMatchObject({ health: 65, 'purchase-rhythm': 100 });
    expect(Object.keys(readings)).not.toContain('active-agreements');
    expect(outcomeOf({ ...observation, endedDay: null }).ended).toBe(false);
  });

  it('names the next day that matters', () => {
    const next = (today: number, record: ChurnRecord | null, toldBasisPoints: number | null = 2_000) =>
      nextRecordDay(record, { slot: SLOT, today, toldBasisPoints });
    expect(next(TODAY - 1, null)).toBe(TODAY);
    expect(next(TODAY, null)).toBe(TODAY + 365);
    expect(next(TODAY + 1, null)).toBe(TODAY + 365);
    expect(next(TODAY, null, null)).toBeNull();
    expect(next(TODAY + 10, on(TODAY, null), null)).toBe(TODAY + 365);
  });
});

/** The latest purchase of a year that begins so many years after TODAY, a month before. */
function bought(year: number) {
  return { firstDay: TODAY - 330, lastDay: TODAY + 365 * year - 30, count: 11 };
}
