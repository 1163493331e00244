import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingsOf } from '../agreements/agreement-status.ts';
import { given, givenAgreement } from '../customer/test-support.ts';
import { customerAfter } from '../signals/test-support.ts';
import {
  agreementsAfter,
  anyAgreementEvent,
  expectSteadyUntilNextDay,
  opportunitiesAfter,
  TODAY,
} from '../value/test-support.ts';
import { decideUpsell } from './decide-upsell.ts';
import {
  featuresUsedOf,
  nextUpsellDay,
  seatUseOf,
  type UpsellCode,
  type UpsellInput,
  upsellOf,
} from './upsell.ts';

const running = agreementsAfter([
  givenAgreement('created', TODAY - 180, { agreementType: 'SOW', startDate: day(TODAY - 180) }),
]);
function day(on: number): string {
  return new Date(on * 86_400_000).toISOString().slice(0, 10);
}

const input = (given: Partial<UpsellInput> = {}): UpsellInput => ({
  standings: standingsOf(running, TODAY),
  opportunities: [],
  healthHundredths: 8_000,
  seatUseBasisPoints: 8_000,
  featuresUsed: 0,
  today: TODAY,
  ...given,
});
const stateOf = (given: Partial<UpsellInput>, isRaised = false) => upsellOf(input(given), { isRaised });

describe('upsell candidates (S16, S70)', () => {
  it('are healthy, have an agreement that has run for 180 days, and use their seats or many features', () => {
    expect(stateOf({})).toEqual({ state: 'candidate', code: 'high-seat-use', agreementId: 'A' });
    expect(stateOf({ seatUseBasisPoints: null, featuresUsed: 6 })).toMatchObject({ code: 'high-adoption' });
    expect(stateOf({ healthHundredths: 7_999 })).toEqual({ state: 'none', why: 'health-fell' });
    expect(stateOf({ seatUseBasisPoints: 7_999, featuresUsed: 5 })).toEqual({
      state: 'none',
      why: 'use-fell',
    });
    const tooSoon = standingsOf(running, TODAY - 1);
    expect(stateOf({ standings: tooSoon, today: TODAY - 1 })).toEqual({ state: 'none', why: 'no-agreement' });
  });

  it('are none with an MSA alone, which is a matter of cross-sell, nor while an upsell is open', () => {
    const msa = agreementsAfter([
      givenAgreement('created', TODAY - 400, { agreementType: 'MSA', startDate: day(TODAY - 400) }),
    ]);
    expect(stateOf({ standings: standingsOf(msa, TODAY) })).toMatchObject({ why: 'no-agreement' });
    const opened = given('opportunity.created', TODAY, {
      data: { opportunityId: 'o', opportunityKind: 'upsell' },
    });
    const lost = given('opportunity.lost', TODAY, { time: opened.time + 1, data: { opportunityId: 'o' } });
    expect(stateOf({ opportunities: opportunitiesAfter([opened]) })).toMatchObject({
      why: 'opportunity-open',
    });
    expect(stateOf({ opportunities: opportunitiesAfter([opened, lost]) })).toMatchObject({
      state: 'candidate',
    });
  });

  it('stay candidates until a reading is clearly lower', () => {
    expect(stateOf({ healthHundredths: 7_500, seatUseBasisPoints: 7_000 }, true)).toMatchObject({
      state: 'candidate',
    });
    expect(stateOf({ seatUseBasisPoints: null, featuresUsed: 4 }, true)).toMatchObject({
      state: 'candidate',
    });
    expect(stateOf({ healthHundredths: 7_499 }, true)).toMatchObject({ why: 'health-fell' });
    expect(stateOf({ seatUseBasisPoints: 6_999, featuresUsed: 3 }, true)).toMatchObject({ why: 'use-fell' });
  });

  it('neither become nor cease to be candidates by what is not known (D20)', () => {
    expect(stateOf({ healthHundredths: null })).toEqual({ state: 'unknown' });
    expect(stateOf({ seatUseBasisPoints: null, featuresUsed: null }, true)).toEqual({ state: 'unknown' });
    const telling = { input: input(), valueMinor: 5, currency: 'USD' };
    const standing: UpsellCode = 'high-adoption';
    expect(decideUpsell(standing, { state: 'unknown' }, telling)).toEqual({
      published: standing,
      situation: null,
    });
    expect(decideUpsell(null, { state: 'unknown' }, telling)).toEqual({ published: null, situation: null });
  });

  it('read features as those used in 30 days, and not from a silent feed', () => {
    const { activity } = customerAfter([
      given('activity.feature-used', TODAY, { data: { feature: 'a' } }),
      given('activity.feature-used', TODAY - 29, { data: { feature: 'b' } }),
      given('activity.feature-used', TODAY - 30, { data: { feature: 'c' } }),
    ]);
    const on = (status: 'fresh' | 'stale') =>
      featuresUsedOf(activity, { today: TODAY, feed: { status, lastDay: TODAY } });
    expect([on('fresh'), on('stale'), featuresUsedOf(activity, { today: TODAY, feed: undefined })]).toEqual([
      2,
      null,
      null,
    ]);
  });
});

describe('seat use (S91)', () => {
  const report = (on: number, data: { activeUsers?: number; licensedSeats?: number }) =>
    given('activity.usage-reported', on, { data: { count: 1, ...data } });
  const useOf = (events: readonly ReturnType<typeof report>[], status: 'fresh' | 'stale' = 'fresh') =>
    seatUseOf(customerAfter(events).activity, { today: TODAY, feed: { status, lastDay: TODAY } });

  it('is the active users of the licensed seats, as reported within 30 days', () => {
    const licensed = report(TODAY - 300, { licensedSeats: 40 });
    expect(useOf([licensed, report(TODAY - 29, { activeUsers: 33 })])).toBe(8_250);
    expect(useOf([licensed, report(TODAY - 30, { activeUsers: 33 })])).toBeNull();
    expect(useOf([licensed, report(TODAY, { activeUsers: 33 })], 'stale')).toBeNull();
    expect(useOf([licensed])).toBeNull();
    expect(useOf([report(TODAY, { activeUsers: 3, licensedSeats: 0 })])).toBeNull();
  });
});

describe('what is published of an upsell candidate', () => {
  const telling = { input: input(), valueMinor: 5, currency: 'USD' };

  it('is raised once with its readings, and withdrawn with the reason', () => {
    const raised = decideUpsell(null, stateOf({}), telling);
    expect(raised.situation).toMatchObject({
      type: 'opportunity.upsell.raised',
      cause: 'upsell',
      code: 'high-seat-use',
      text: 'Healthy, and nearly all seats are in use: offer more',
      valueMinor: 5,
    });
    expect(raised.situation?.reasons.map(({ text }) => text)).toEqual([
      'A has run for at least 180 days',
      'when raised: health 80.00',
      'when raised: 80 % of the seats in use',
      'when raised: 0 features used in 30 days',
    ]);
    expect(decideUpsell(raised.published, stateOf({}, true), telling).situation).toBeNull();
    expect(decideUpsell(raised.published, stateOf({ healthHundredths: 0 }, true), telling)).toMatchObject({
      published: null,
      situation: { type: 'opportunity.upsell.withdrawn', code: 'health-fell' },
    });
  });

  it('changes with no event on the days named only', () => {
    const { activity } = customerAfter([
      ...[0, 5, 9, 20, 28, 29].map((ago) =>
        given('activity.feature-used', TODAY - ago, { data: { feature: `f${ago}` } }),
      ),
      given('activity.usage-reported', TODAY - 12, { data: { count: 1, activeUsers: 9, licensedSeats: 10 } }),
    ]);
    const feed = { status: 'fresh', lastDay: TODAY } as const;
    fc.assert(
      fc.property(fc.array(anyAgreementEvent, { maxLength: 6 }), fc.boolean(), (events, isRaised) => {
        const agreements = agreementsAfter(events);
        const on = (today: number): UpsellInput =>
          input({
            standings: standingsOf(agreements, today),
            seatUseBasisPoints: seatUseOf(activity, { today, feed }),
            featuresUsed: featuresUsedOf(activity, { today, feed }),
            today,
          });
        expectSteadyUntilNextDay(
          (today) => upsellOf(on(today), { isRaised }),
          (today) => nextUpsellDay(on(today), activity),
          { from: TODAY - 100, to: TODAY + 200 },
        );
      }),
      { numRuns: 50 },
    );
  });
});
