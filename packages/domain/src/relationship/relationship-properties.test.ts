import type { CustomerEvent } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from '../customer/test-support.ts';
import type { Breakpoints } from '../quantiles/breakpoints.ts';
import { nextRelationshipDay } from './next-relationship-day.ts';
import { type RelationshipContext, relationshipOf } from './relationship-of.ts';
import {
  type Customer,
  contextOf,
  customerAfter,
  customerOf,
  emptyCustomer,
  feedsOf,
  TODAY,
} from './test-support/customer.ts';
import { anyFeeds, anyHappening } from './test-support/happenings.ts';
import {
  recomputeChannel,
  recomputeConsistency,
  recomputeEfficiency,
  recomputeOpenLoops,
  recomputePeople,
} from './test-support/recompute.ts';

const recent = fc.integer({ min: TODAY - 380, max: TODAY });
/** Many on few days, so that there are weeks with something in them. */
const happenings = fc.oneof(
  fc.array(anyHappening(recent), { maxLength: 30 }),
  fc
    .tuple(rhythm(), fc.array(anyHappening(recent), { maxLength: 15 }))
    .map(([regular, others]) => [...regular, ...others]),
);

/** Touches of several stages every few days. */
function rhythm(): fc.Arbitrary<CustomerEvent[]> {
  return fc
    .record({ login: fc.integer({ min: 1, max: 30 }), touch: fc.integer({ min: 3, max: 40 }), from: recent })
    .map(({ login, touch, from }) => {
      const events: CustomerEvent[] = [];
      for (let day = from; day <= TODAY; day += login)
        events.push(given('activity.login', day, { data: {} }));
      for (let day = from; day <= TODAY; day += touch)
        events.push(given('marketing.touch', day, { data: { channel: 'mail' } }));
      return events;
    });
}

/** Every customer of value is of the top quarter, and nobody is regular enough. */
const BREAKPOINTS = {
  ltvQuartersMinor: { counted: 4, edges: [1, 2, 3] },
  consistencyHundredths: { counted: 4, edges: [9_000, 9_500, 9_900] },
} as unknown as Breakpoints;

describe('what the relationship is read from (N5)', () => {
  it('is the same in any order of arrival, while the date moves on', () => {
    const inAnyOrder = fc
      .array(anyHappening(recent), { minLength: 2, maxLength: 40 })
      .chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
      );
    fc.assert(
      fc.property(inAnyOrder, ([events, shuffled]) => {
        expect(statesOf(livedThrough(shuffled))).toBe(statesOf(livedThrough(events)));
      }),
    );
  });

  it('lets touches of any age go whichever event comes last', () => {
    const ofAnyAge = fc.array(
      fc
        .integer({ min: TODAY - 900, max: TODAY })
        .chain((day) =>
          fc.constantFrom(
            given('marketing.touch', day, { data: { channel: 'mail' } }),
            given('feedback.comment', day, { data: { comment: 'so' } }),
            given('activity.login', day, { data: {} }),
          ),
        ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(ofAnyAge, (events) => {
        expect(livedThrough(events.toReversed()).relationship).toEqual(livedThrough(events).relationship);
      }),
    );
  });

  it('takes facts about engagements, items and voices again and again', () => {
    const facts = fc
      .array(anyHappening(recent), { maxLength: 30 })
      .map((events) =>
        events.filter(({ type }) => type.startsWith('engagement.') || type === 'customer.profile'),
      );
    fc.assert(
      fc.property(facts, (events) => {
        const once = customerOf(events);
        let again = once;
        for (const event of events) again = customerAfter(again, event, TODAY);
        expect(again.relationship).toBe(once.relationship);
        expect(again.toldStages).toBe(once.toldStages);
      }),
    );
  });

  /** Takes the events one by one on days that approach TODAY. */
  function livedThrough(events: readonly CustomerEvent[]): Customer {
    let customer = emptyCustomer();
    events.forEach((event, index) => {
      customer = customerAfter(customer, event, TODAY - Math.max(0, events.length - 1 - index) * 3);
    });
    return customer;
  }

  function statesOf({ relationship, toldStages, signals: { contacts } }: Customer): string {
    return JSON.stringify([relationship, toldStages, contacts]);
  }
});

describe('the relationship as it reads', () => {
  it('is what the events say when computed anew', () => {
    fc.assert(
      fc.property(happenings, anyFeeds, (events, feeds) => {
        const customer = customerOf(events);
        const relationship = relationshipOf(customer, contextOf(customer, { feeds }));
        const situation = { events, feeds, today: TODAY };
        expectNear(relationship.consistency.valueHundredths, recomputeConsistency(situation), 100);
        expectNear(relationship.efficiency.minorPerActivity, recomputeEfficiency(situation), 1);
        expect(relationship.primaryChannel.channel).toBe(recomputeChannel(situation));
        const people = recomputePeople(events, TODAY);
        const { there, trend, missing } = relationship.stakeholders;
        expect(there ?? 0).toBe(people.there);
        if (missing.length === 0) expect(trend).toBe(people.there - people.before);
        expect(relationship.voice.openLoops).toBe(recomputeOpenLoops(events, TODAY).length);
      }),
    );
  });

  it('is the same however often a fact is repeated under another event id', () => {
    const facts = ['engagement.', 'ticket.', 'contact.', 'agreement.'];
    fc.assert(
      fc.property(fc.array(anyHappening(recent), { maxLength: 30 }), (events) => {
        const repeated = events
          .filter(
            ({ type }) => facts.some((family) => type.startsWith(family)) && type !== 'agreement.amended',
          )
          .map((event) => ({ ...event, id: `${event.id}-again` }));
        expect(readingOf(customerOf([...events, ...repeated]), {})).toEqual(
          readingOf(customerOf(events), {}),
        );
      }),
    );
  });

  it('stays as it is until the day on which it is looked at again (N3)', () => {
    const feeds = fc.oneof(fc.constant(feedsOf()), anyFeeds);
    // The tenant's date may lag behind its sources by a moment.
    const ahead = fc.array(anyHappening(fc.integer({ min: TODAY - 100, max: TODAY + 2 })), { maxLength: 20 });
    fc.assert(
      fc.property(fc.oneof(happenings, ahead), feeds, fc.boolean(), (events, known, isStrategic) => {
        const customer = customerOf(events);
        const overrides = { feeds: known, isStrategic, breakpoints: BREAKPOINTS, ltvMinor: 5 };
        const on = (today: number) => {
          const context = contextOf(customer, { ...overrides, today });
          const now = relationshipOf(customer, context);
          return { reading: JSON.stringify(now), next: nextRelationshipDay(customer, context, now) };
        };
        let { reading, next } = on(TODAY);
        for (let today = TODAY + 1; today < TODAY + 410; today += 1) {
          const now = on(today);
          if (today === next) {
            ({ reading, next } = now);
            expect(next ?? today + 1).toBeGreaterThan(today);
          } else {
            expect(now.reading).toBe(reading);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  function readingOf(customer: Customer, overrides: Partial<RelationshipContext>) {
    return relationshipOf(customer, contextOf(customer, overrides));
  }

  /** Equal but for the rounding of the last place. */
  function expectNear(published: number | null, oracle: number | null, scale: number): void {
    if (oracle === null || published === null) expect(published).toBe(oracle);
    else expect(Math.abs(published - oracle * scale)).toBeLessThanOrEqual(1);
  }
});
