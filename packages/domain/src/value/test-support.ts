import fc from 'fast-check';
import { expect } from 'vitest';
import type { AgreementEvent, AgreementList } from '../agreements/agreement-state.ts';
import { evolveAgreements } from '../agreements/evolve-agreements.ts';
import { given, givenAgreement } from '../customer/test-support.ts';
import { evolveOpportunities, type OpportunityEvent } from '../opportunities/evolve-opportunities.ts';
import { initialOpportunities, type OpportunityList } from '../opportunities/opportunities-state.ts';
import { evolvePayments } from '../rfm/evolve-payments.ts';
import { initialPayments, type PaymentsState } from '../rfm/payments-state.ts';

/** For tests only: parts of a customer by what happened to it. */

export const TODAY = 20_000;

/** Agreements after these events; repeats change nothing. */
export function agreementsAfter(events: readonly AgreementEvent[]): AgreementList {
  let list: AgreementList = [];
  for (const event of events) {
    const evolved = evolveAgreements(list, event);
    if (evolved.kind === 'quarantined') throw new Error(evolved.reason);
    if (evolved.kind === 'ok') list = evolved.result;
  }
  return list;
}

/** Opportunities after these events. */
export function opportunitiesAfter(events: readonly OpportunityEvent[]): OpportunityList {
  let list = initialOpportunities();
  for (const event of events) {
    const next = evolveOpportunities(list, event);
    if (next === undefined) throw new Error('one opportunity too many');
    list = next;
  }
  return list;
}

/** Payments by day and amount, outside agreements. */
export function paymentsAfter(
  paid: readonly (readonly [day: number, amountMinor: number])[],
  today = TODAY,
): PaymentsState {
  let payments = initialPayments();
  for (const [day, amountMinor] of paid) {
    const evolved = evolvePayments(payments, given('payment.paid', day, { data: { amountMinor } }), today);
    if (evolved.kind === 'ok') payments = evolved.payments;
  }
  return payments;
}

const dayNear = (from: number, to: number) => fc.integer({ min: TODAY + from, max: TODAY + to });
const formatted = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Anything that may be told of three agreements, on days around TODAY. */
export const anyAgreementEvent: fc.Arbitrary<AgreementEvent> = fc
  .record({
    kind: fc.constantFrom('created', 'amended', 'renewed', 'expired', 'terminated'),
    on: dayNear(-500, 0),
    facts: fc.record(
      {
        agreementId: fc.constantFrom('A', 'B', 'C'),
        agreementType: fc.constantFrom('MSA', 'SOW', 'service', 'other'),
        valueMinor: fc.integer({ min: 0, max: 1_000_000 }),
        deltaMinor: fc.integer({ min: -500_000, max: 500_000 }),
        startDate: dayNear(-600, 60).map(formatted),
        endDate: dayNear(-400, 500).map(formatted),
        perpetual: fc.boolean(),
      },
      { requiredKeys: ['agreementId'] },
    ),
  })
  .map(({ kind, on, facts }) => givenAgreement(kind, on, facts));

/** Anything that may be told of four opportunities. */
export const anyOpportunityEvent: fc.Arbitrary<OpportunityEvent> = fc
  .record({
    type: fc.constantFrom(
      'opportunity.created',
      'opportunity.stage-changed',
      'opportunity.won',
      'opportunity.lost',
    ),
    on: dayNear(-800, 0),
    sequence: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
    data: fc.record(
      {
        opportunityId: fc.constantFrom('o1', 'o2', 'o3', 'o4'),
        opportunityKind: fc.constantFrom('new', 'upsell', 'cross-sell', 'renewal'),
        stage: fc.constantFrom('proposal', 'negotiation'),
        amountMinor: fc.integer({ min: 0, max: 1_000_000 }),
      },
      { requiredKeys: ['opportunityId'] },
    ),
  })
  .map(({ type, on, sequence, data }) =>
    given(type, on, sequence === undefined ? { data } : { data, sequence }),
  );

/** A list and the same list in another order. */
export function shuffled<Item>(
  item: fc.Arbitrary<Item>,
  maxLength = 20,
): fc.Arbitrary<readonly [Item[], Item[]]> {
  return fc
    .array(item, { maxLength })
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
}

/** What is read each day stays as it is until the day that was named as the next one: early it may be, never late. */
export function expectSteadyUntilNextDay(
  read: (today: number) => unknown,
  nextDay: (today: number) => number | null,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  let due: number | null = from;
  let seen: unknown;
  for (let today = from; today <= to; today += 1) {
    const now = read(today);
    if (due !== null && today >= due) {
      seen = now;
      due = nextDay(today);
      if (due !== null) expect(due).toBeGreaterThan(today);
      continue;
    }
    expect(now, `on day ${today}, which nobody was told to look at`).toEqual(seen);
  }
}
