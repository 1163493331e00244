import { describe, expect, it } from 'vitest';
import type { AgreementEvent, AgreementList } from '../agreements/agreement-state.ts';
import { standingsOf } from '../agreements/agreement-status.ts';
import { evolveAgreements } from '../agreements/evolve-agreements.ts';
import { type AgreementFacts, day, givenAgreement } from '../customer/test-support.ts';
import { contractOf } from './churn-contract.ts';

function contractAfter(events: readonly AgreementEvent[], on: string) {
  let list: AgreementList = [];
  for (const event of events) {
    const evolved = evolveAgreements(list, event);
    if (evolved.kind === 'ok') list = evolved.result;
  }
  return contractOf(standingsOf(list, day(on)), day(on));
}

const signed = (facts: AgreementFacts) =>
  givenAgreement('created', '2024-01-01', { startDate: '2024-01-01', valueMinor: 1_000_00, ...facts });
const year = { endDate: '2024-12-31', noticeDays: 60 };

describe('what agreements say about the end of a customer', () => {
  it('is nothing where there never was one', () => {
    expect(contractAfter([], '2024-03-01')).toBeNull();
  });

  it('is the next decision, and the day until which the last of them stands', () => {
    const two = [
      signed({ ...year, autoRenew: true }),
      signed({ agreementId: 'B', endDate: '2025-06-30', autoRenew: false }),
    ];
    expect(contractAfter(two, '2024-03-01')).toEqual({
      activeCount: 2,
      decisionDay: day('2024-11-01'),
      renewsByItself: true,
      boundUntilDay: day('2025-06-30'),
      isTerminationTold: false,
    });
  });

  it('is another term once notice can no longer be given', () => {
    const renewing = [signed({ ...year, autoRenew: true, renewalTermMonths: 12 })];
    expect(contractAfter(renewing, '2024-11-01')).toMatchObject({
      decisionDay: day('2024-11-01'),
      boundUntilDay: day('2024-12-31'),
    });
    expect(contractAfter(renewing, '2024-11-02')).toMatchObject({
      decisionDay: null,
      boundUntilDay: day('2024-12-31') + 12 * 28,
    });
    const ending = [signed({ ...year, autoRenew: false })];
    expect(contractAfter(ending, '2024-11-02')).toMatchObject({
      decisionDay: day('2024-12-31'),
      renewsByItself: false,
      boundUntilDay: day('2024-12-31'),
    });
  });

  it('is no bond where an agreement may be ended at any time, or where its end is not known', () => {
    expect(contractAfter([signed({ perpetual: true })], '2024-03-01')).toMatchObject({
      decisionDay: null,
      renewsByItself: true,
      boundUntilDay: null,
    });
    expect(contractAfter([signed({})], '2024-03-01')).toMatchObject({
      renewsByItself: null,
      boundUntilDay: null,
    });
  });

  it('is the cautious answer where agreements end together', () => {
    const pair = (autoRenew: boolean | undefined) => [
      signed({ ...year, autoRenew: true }),
      signed({ ...year, agreementId: 'B', ...(autoRenew === undefined ? {} : { autoRenew }) }),
    ];
    const answers = [true, false, undefined].map(
      (it) => contractAfter(pair(it), '2024-03-01')?.renewsByItself,
    );
    expect(answers).toEqual([true, false, null]);
  });

  it('is a told end where each has a termination ahead', () => {
    const terminated = givenAgreement('terminated', '2024-05-01', { effectiveDate: '2024-07-01' });
    expect(contractAfter([signed(year), terminated], '2024-05-02')).toEqual({
      activeCount: 1,
      decisionDay: null,
      renewsByItself: null,
      boundUntilDay: day('2024-06-30'),
      isTerminationTold: true,
    });
    const other = signed({ agreementId: 'B', ...year });
    expect(contractAfter([signed(year), terminated, other], '2024-05-02')).toMatchObject({
      activeCount: 2,
      decisionDay: day('2024-11-01'),
      isTerminationTold: false,
    });
  });

  it('is over with the last of them', () => {
    expect(contractAfter([signed(year)], '2024-12-31')).toMatchObject({ activeCount: 1 });
    expect(contractAfter([signed(year)], '2025-01-01')).toMatchObject({
      activeCount: 0,
      decisionDay: null,
      boundUntilDay: null,
      isTerminationTold: false,
    });
  });
});
