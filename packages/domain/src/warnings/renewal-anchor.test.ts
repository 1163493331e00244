import { describe, expect, it } from 'vitest';
import { standingsOf } from '../agreements/agreement-status.ts';
import { day, given, givenAgreement } from '../customer/test-support.ts';
import { agreementsAfter, opportunitiesAfter, TODAY } from '../value/test-support.ts';
import { anchoredSeverity, lastCallDayOf, renewalAnchorOf, renewalCallOf } from './renewal-anchor.ts';

const ending = (agreementId: string, endDate: string, facts = {}) =>
  givenAgreement('created', '2024-01-01', { agreementId, endDate, ...facts });
const anchorOn = (events: Parameters<typeof agreementsAfter>[0], on: string) =>
  renewalAnchorOf(standingsOf(agreementsAfter(events), day(on)), day(on));

describe('the decision that comes first (N18)', () => {
  it('is the earliest notice deadline or end of the active agreements', () => {
    const events = [ending('A', '2024-12-31'), ending('B', '2025-01-31', { noticeDays: 60, valueMinor: 5 })];
    expect(anchorOn(events, '2024-06-01')).toEqual({
      agreementId: 'B',
      dueDay: day('2024-12-02'),
      valueMinor: 5,
    });
    expect(anchorOn([ending('C', '2024-05-31')], '2024-06-01')).toBeNull();
  });

  it('is the more valuable of two on one day', () => {
    const events = [
      ending('A', '2024-12-31', { valueMinor: 1 }),
      ending('B', '2024-12-31', { valueMinor: 9 }),
    ];
    expect(anchorOn(events, '2024-06-01')?.agreementId).toBe('B');
  });
});

describe('severity with the renewal in view (N18)', () => {
  it('grows as the decision comes near', () => {
    const at = (daysLeft: number | null) =>
      (['low', 'medium', 'high'] as const).map((one) => anchoredSeverity(one, daysLeft));
    expect(at(null)).toEqual(['low', 'medium', 'high']);
    expect(at(91)).toEqual(['low', 'medium', 'high']);
    expect(at(90)).toEqual(['medium', 'high', 'high']);
    expect(at(31)).toEqual(['medium', 'high', 'high']);
    expect(at(30)).toEqual(['high', 'high', 'high']);
  });
});

describe('the call that is asked for (N18)', () => {
  const call = (daysLeft: number, lastCallDay: number | null = null) =>
    renewalCallOf({ dueDay: TODAY + daysLeft }, { lastCallDay, today: TODAY });

  it('is asked for half a year ahead, and anew 90 days ahead', () => {
    expect(call(181)).toBeNull();
    expect(call(180)).toEqual({ checkpoint: 180, fromDay: TODAY, madeDay: null });
    expect(call(120, TODAY - 60)).toEqual({ checkpoint: 180, fromDay: TODAY - 60, madeDay: TODAY - 60 });
    expect(call(120, TODAY - 61)).toMatchObject({ madeDay: null });
    expect(call(90, TODAY - 60)).toEqual({ checkpoint: 90, fromDay: TODAY, madeDay: null });
    expect(call(0, TODAY)).toMatchObject({ checkpoint: 90, madeDay: TODAY });
    expect(call(-1)).toBeNull();
  });

  it('is made by saying anything of a renewal opportunity', () => {
    const about = (opportunityId: string, opportunityKind: 'renewal' | 'upsell', on: number) =>
      given('opportunity.stage-changed', on, { data: { opportunityId, opportunityKind, stage: 'commit' } });
    const list = [about('o1', 'renewal', TODAY - 9), about('o2', 'upsell', TODAY)];
    expect(lastCallDayOf(opportunitiesAfter(list))).toBe(TODAY - 9);
    const won = given('opportunity.won', TODAY - 2, { data: { opportunityId: 'o1' } });
    expect(lastCallDayOf(opportunitiesAfter([...list, won]))).toBe(TODAY - 2);
    expect(lastCallDayOf([])).toBeNull();
  });
});
