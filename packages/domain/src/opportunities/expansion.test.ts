import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given, givenAgreement } from '../customer/test-support.ts';
import { agreementsAfter, anyAgreementEvent, opportunitiesAfter, TODAY } from '../value/test-support.ts';
import { expansionOf, raisedBetween } from './expansion.ts';

const closed = (end: 'won' | 'lost', opportunityKind: 'upsell' | 'cross-sell' | 'new', on = TODAY - 1) =>
  given(`opportunity.${end}`, on, {
    data: { opportunityId: `${opportunityKind}-${end}-${on}`, opportunityKind, amountMinor: 100 },
  });

describe('expansion (S54)', () => {
  it('is won upsell and cross-sell with their success rate, and amendments that raise value', () => {
    const opportunities = opportunitiesAfter([
      closed('won', 'upsell'),
      closed('won', 'cross-sell'),
      closed('lost', 'upsell'),
      closed('won', 'new'),
      closed('won', 'upsell', TODAY - 365),
    ]);
    const agreements = agreementsAfter([
      givenAgreement('created', TODAY - 100, { valueMinor: 1_000 }),
      givenAgreement('amended', TODAY - 50, { deltaMinor: 200 }),
      givenAgreement('amended', TODAY - 40, { deltaMinor: -300 }),
      givenAgreement('amended', TODAY - 30, { valueMinor: 950 }),
      givenAgreement('renewed', TODAY - 20, { deltaMinor: 1_000 }),
    ]);
    expect(expansionOf({ opportunities, agreements }, TODAY)).toEqual({
      upsell: { count: 1, amountMinor: 100 },
      crossSell: { count: 1, amountMinor: 100 },
      raised: { count: 2, amountMinor: 250 },
      decided: 3,
      successBasisPoints: 6_667,
    });
  });

  it('has no success rate where nothing was decided', () => {
    const nothing = { opportunities: [], agreements: [] };
    expect(expansionOf(nothing, TODAY)).toMatchObject({ decided: 0, successBasisPoints: null });
    const first = agreementsAfter([givenAgreement('amended', TODAY, { deltaMinor: 50 })]);
    expect(raisedBetween(first, { fromDay: 0, toDay: TODAY })).toEqual({ count: 0, amountMinor: 0 });
  });

  it('counts each raise on the day it takes effect, once', () => {
    fc.assert(
      fc.property(fc.array(anyAgreementEvent, { maxLength: 15 }), fc.nat(500), (events, days) => {
        const agreements = agreementsAfter(events);
        const middle = TODAY - days;
        const early = raisedBetween(agreements, { fromDay: 0, toDay: middle - 1 });
        const late = raisedBetween(agreements, { fromDay: middle, toDay: TODAY });
        const all = raisedBetween(agreements, { fromDay: 0, toDay: TODAY });
        expect(all).toEqual({
          count: early.count + late.count,
          amountMinor: early.amountMinor + late.amountMinor,
        });
      }),
    );
  });
});
