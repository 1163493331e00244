import { type CustomerEvent, DAY_MS } from '@bellwether/events';
import { eventShapes } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerState } from '../customer/customer-state.ts';
import { evolveCustomer } from '../customer/evolve-customer.ts';
import { day, given } from '../customer/test-support.ts';
import { FEATURE_NAMES, type Features, mergeFeature, pickFeatures } from './features.ts';
import { overfullOf } from './overfull.ts';

const TODAY = day('2024-06-01');

/**
 * A ticket, meeting or answer of which all that is known is past the horizon is forgotten as the next event comes, so
 * what is told of it long afterwards finds more or less, for one customer as for two (N5).
 */
const isForgotten = (type: string) =>
  type.startsWith('ticket.') || type.startsWith('engagement.') || type === 'feedback.answered';

/** Events of all families, of the last 600 days: some are past every horizon. */
const events = (name: string) =>
  fc
    .array(fc.tuple(eventShapes, fc.oneof(fc.nat(60), fc.nat(395), fc.integer({ min: 402, max: 600 }))), {
      minLength: 1,
      maxLength: 25,
    })
    .map((told) =>
      told.map(
        ([{ type, data }, daysAgo], index): CustomerEvent =>
          given(type, TODAY - (isForgotten(type) ? Math.min(daysAgo, 395) : daysAgo), {
            id: `${name}${index}`,
            receivedAt: TODAY * DAY_MS,
            data,
          } as never) as CustomerEvent,
      ),
    );

function fold(all: readonly CustomerEvent[]): Features | undefined {
  let state: CustomerState | undefined;
  for (const event of all) {
    const evolved = evolveCustomer(state, event, TODAY);
    if (evolved.kind === 'ok') state = evolved.state;
  }
  return state && pickFeatures(state);
}

/** What two streams come to together. A customer of whom no event could be taken is nobody. */
function merged(a: Features | undefined, b: Features | undefined): Features | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const slices = FEATURE_NAMES.map((name) => [name, mergeFeature(name, a[name], b[name])]);
  return Object.fromEntries(slices) as Features;
}

describe('the merge of two customers (N23)', () => {
  it('has the features of one customer that had received all events of both', () => {
    fc.assert(
      fc.property(events('a'), events('b'), (one, other) => {
        expect(JSON.stringify(merged(fold(one), fold(other)))).toBe(JSON.stringify(fold([...one, ...other])));
      }),
      { numRuns: 400 },
    );
  });

  it('is the same whichever of the two is named first, and whichever of three are merged first', () => {
    fc.assert(
      fc.property(events('a'), events('b'), events('c'), (first, second, third) => {
        const [a, b, c] = [fold(first), fold(second), fold(third)];
        expect(JSON.stringify(merged(b, a))).toBe(JSON.stringify(merged(a, b)));
        expect(JSON.stringify(merged(merged(a, b), c))).toBe(JSON.stringify(merged(a, merged(b, c))));
      }),
      { numRuns: 200 },
    );
  });

  it('takes what both know of one agreement as one agreement, and an event told to both as one event', () => {
    const created = given('agreement.created', TODAY - 9, {
      id: 'x',
      data: { agreementId: 'A', agreementType: 'MSA', valueMinor: 1_000 },
    });
    const more = given('agreement.amended', TODAY - 5, { data: { agreementId: 'A', deltaMinor: 200 } });
    const less = given('agreement.amended', TODAY - 2, { data: { agreementId: 'A', deltaMinor: -50 } });
    const both = merged(fold([created, more]), fold([created, less]));
    expect(both?.agreements.map(({ terms, amendments }) => [terms.valueMinor, amendments.length])).toEqual([
      [1_150, 3],
    ]);
  });

  it('adds up what both paid on one day that one of them has let go already', () => {
    const pay = (on: number, amountMinor: number, agreementId?: string) =>
      given('payment.paid', on, {
        data: { amountMinor, ...(agreementId === undefined ? {} : { agreementId }) },
      });
    const then = TODAY - 401;
    const [early, late] = [
      evolveCustomer(undefined, pay(then, 5, 'A'), TODAY - 1),
      fold([pay(then, 7, 'A')]),
    ];
    if (early.kind !== 'ok' || late === undefined) throw new Error('a payment was refused');
    expect(early.state.payments.tiles).toHaveLength(1);
    const payments = mergeFeature('payments', early.state.payments, late.payments);
    expect(payments).toEqual({
      paidMinor: 12,
      otherPaidMinor: 0,
      olderDays: [then],
      olderAgreementDays: [then],
      firstOther: null,
      tiles: [],
    });
  });
});

describe('what is too much for one customer', () => {
  const contacts = (name: string, count: number) =>
    fold(
      Array.from({ length: count }, (_, index) =>
        given('contact.created', TODAY, { data: { contactId: `${name}${index}` } }),
      ),
    );

  it('is told of merged features, with the limit and what was found', () => {
    const [a, b] = [contacts('a', 300), contacts('b', 201)];
    const both = merged(a, b);
    if (a === undefined || both === undefined) throw new Error('no contact was taken');
    expect(overfullOf(a)).toBeUndefined();
    expect(overfullOf(both)).toEqual({ path: '/data/into', expected: 'at most 500 contacts', got: '501' });
  });
});
