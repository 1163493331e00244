import type { FeedStatuses } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import {
  anyOpportunityEvent,
  expectSteadyUntilNextDay,
  opportunitiesAfter,
  paymentsAfter,
  TODAY,
} from './test-support.ts';
import { nextVelocityDay, type VelocityInput, velocityOf } from './velocity.ts';

const FRESH = { status: 'fresh', lastDay: TODAY } as const;
const BOTH: FeedStatuses = { payment: FRESH, opportunity: FRESH };

const input = (given: Partial<VelocityInput>): VelocityInput => ({
  payments: paymentsAfter([]),
  opportunities: [],
  sinceDay: TODAY - 1_000,
  today: TODAY,
  feeds: BOTH,
  ...given,
});
const won = (on: number, amountMinor: number) =>
  given('opportunity.won', on, { data: { opportunityId: `o${on}`, amountMinor } });

describe('revenue velocity (S26, D5)', () => {
  it('is what was paid and won in 90 days, over 3, and its growth on the 90 days before', () => {
    const payments = paymentsAfter([
      [TODAY - 89, 600],
      [TODAY - 90, 500],
      [TODAY - 179, 100],
      [TODAY - 180, 7_000],
    ]);
    const opportunities = opportunitiesAfter([won(TODAY - 5, 300)]);
    expect(velocityOf(input({ payments, opportunities }))).toEqual({
      monthlyMinor: 300,
      growthBasisPoints: 5_000,
      missing: [],
    });
  });

  it('is not told below 90 days of age, growth not below 180 nor on nothing', () => {
    const payments = paymentsAfter([[TODAY, 900]]);
    const at = (age: number) => velocityOf(input({ payments, sinceDay: TODAY - age }));
    expect(at(89).monthlyMinor).toBeNull();
    expect(at(90)).toMatchObject({ monthlyMinor: 300, growthBasisPoints: null });
    expect(at(180).growthBasisPoints).toBeNull();
    expect(velocityOf(input({ payments, sinceDay: null })).monthlyMinor).toBeNull();
    const before = paymentsAfter([[TODAY - 100, 900]]);
    expect(velocityOf(input({ payments: before, sinceDay: TODAY - 179 })).growthBasisPoints).toBeNull();
    expect(velocityOf(input({ payments: before, sinceDay: TODAY - 180 })).growthBasisPoints).toBe(-10_000);
  });

  it('leaves a feed out that never came, and is not known once one has stopped (D20)', () => {
    const payments = paymentsAfter([[TODAY, 900]]);
    expect(velocityOf(input({ payments, feeds: { payment: FRESH } }))).toMatchObject({
      monthlyMinor: 300,
      missing: [{ signal: 'opportunity', why: 'feed-absent' }],
    });
    expect(velocityOf(input({ payments, feeds: {} })).monthlyMinor).toBeNull();
    const stopped: FeedStatuses = { ...BOTH, opportunity: { status: 'stale', lastDay: TODAY - 200 } };
    expect(velocityOf(input({ payments, feeds: stopped }))).toMatchObject({
      monthlyMinor: null,
      missing: [{ signal: 'opportunity', why: 'feed-stale' }],
    });
  });

  it('moves with no event on the days named only', () => {
    const paid = fc.tuple(fc.integer({ min: TODAY - 200, max: TODAY }), fc.nat(1_000));
    const events = fc.array(anyOpportunityEvent, { maxLength: 6 });
    const age = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(fc.array(paid, { maxLength: 6 }), events, age, (paidOn, told, days) => {
        const payments = paymentsAfter(paidOn);
        const opportunities = opportunitiesAfter(told);
        const on = (today: number) => input({ payments, opportunities, today, sinceDay: TODAY - days });
        const span = { from: TODAY, to: TODAY + 200 };
        expectSteadyUntilNextDay(
          (today) => velocityOf(on(today)),
          (today) => nextVelocityDay(on(today)),
          span,
        );
      }),
      { numRuns: 50 },
    );
  });
});
