import { describe, expect, it } from 'vitest';
import { day } from '../customer/test-support.ts';
import { epochMonthNamed } from '../portfolio/months.ts';
import {
  type ClosedOffer,
  closedOffersOf,
  expansionByMonth,
  OFFER_DAYS,
  offerOutcomesOf,
  opportunitiesSince,
} from './expansion-months.ts';
import type { Opportunity } from './opportunities-state.ts';

const written = <Value>(value: Value, on: string) => ({
  value,
  day: day(on),
  timeMs: 0,
  sequence: -1,
  eventId: 'e',
});
const opportunity = (id: string, facts: Partial<Opportunity>): Opportunity => ({
  id,
  kind: null,
  stage: null,
  amount: null,
  createdDay: null,
  outcome: null,
  wonDay: null,
  lostDay: null,
  ...facts,
});
const deal = (kind: ClosedOffer['kind'], on: string, isWon = true): ClosedOffer => ({
  kind,
  day: day(on),
  isWon,
  amountMinor: 10,
});

describe('upsell and cross-sell by month (S54)', () => {
  it('counts what was closed, and no other kind, open or undated opportunity', () => {
    const closed = closedOffersOf([
      opportunity('won', {
        kind: written('upsell', '2024-04-01'),
        amount: written(900, '2024-04-01'),
        outcome: written(true, '2024-05-31'),
        wonDay: day('2024-05-31'),
      }),
      opportunity('lost', {
        kind: written('cross-sell', '2024-04-01'),
        outcome: written(false, '2024-04-30'),
        lostDay: day('2024-04-30'),
      }),
      opportunity('open', { kind: written('upsell', '2024-04-01') }),
      opportunity('renewal', {
        kind: written('renewal', '2024-04-01'),
        outcome: written(true, '2024-05-31'),
        wonDay: day('2024-05-31'),
      }),
    ]);
    const range = { from: epochMonthNamed('2024-04'), to: epochMonthNamed('2024-05') };
    expect(expansionByMonth(closed, range)).toEqual([
      { month: range.from, kind: 'upsell', won: 0, lost: 0, wonMinor: 0n },
      { month: range.from, kind: 'cross-sell', won: 0, lost: 1, wonMinor: 0n },
      { month: range.to, kind: 'upsell', won: 1, lost: 0, wonMinor: 900n },
      { month: range.to, kind: 'cross-sell', won: 0, lost: 0, wonMinor: 0n },
    ]);
  });

  it('knows of opportunities from the first day of any of them', () => {
    const later = opportunity('b', { createdDay: day('2024-05-02'), wonDay: day('2024-03-31') });
    expect(opportunitiesSince([opportunity('a', {}), later])).toBe(epochMonthNamed('2024-03'));
    expect(opportunitiesSince([opportunity('a', {})])).toBeNull();
  });
});

describe('an offer that was raised (S54)', () => {
  const raised = [{ kind: 'upsell', day: day('2024-01-01') }] as const;

  it('is won by a deal of its kind on its day or within 180 days', () => {
    const today = day('2024-12-31');
    const wonBy = (one: ClosedOffer) => offerOutcomesOf(raised, [one], today).won;
    const last = '2024-06-29';
    expect(day(last) - day('2024-01-01')).toBe(OFFER_DAYS);
    const deals = [
      deal('upsell', '2023-12-31'),
      deal('upsell', '2024-01-01'),
      deal('upsell', last),
      deal('upsell', '2024-06-30'),
      deal('cross-sell', last),
      deal('upsell', last, false),
    ];
    expect(deals.map(wonBy)).toEqual([0, 1, 1, 0, 0, 0]);
  });

  it('takes one deal, and a deal belongs to the earliest that waits', () => {
    const two = [...raised, { kind: 'upsell', day: day('2024-05-01') }] as const;
    const deals = [deal('upsell', '2024-05-10'), deal('upsell', '2024-08-10')];
    const outcomes = (closed: readonly ClosedOffer[]) => offerOutcomesOf(two, closed, day('2024-12-31'));
    expect(outcomes(deals.slice(0, 1))).toEqual({ raised: 2, won: 1, pending: 0 });
    expect(outcomes(deals)).toEqual({ raised: 2, won: 2, pending: 0 });
  });

  it('is pending for 180 days', () => {
    const on = (today: string) => offerOutcomesOf(raised, [], day(today)).pending;
    expect([on('2024-06-29'), on('2024-06-30')]).toEqual([1, 0]);
  });
});
