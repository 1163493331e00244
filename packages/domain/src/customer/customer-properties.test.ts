import { type CustomerEvent, DAY_MS } from '@bellwether/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featuresOf } from './features-of.ts';
import { CustomerCourse, isScoreChange } from './test-course.ts';
import { type AgreementFacts, contextOn, day, given, givenAgreement } from './test-support.ts';

const TODAY = day('2024-06-01');
const FEEDS = {
  activity: { status: 'fresh', lastDay: TODAY },
  ticket: { status: 'fresh', lastDay: TODAY },
  feedback: { status: 'fresh', lastDay: TODAY },
  goal: { status: 'fresh', lastDay: TODAY },
  contact: { status: 'fresh', lastDay: TODAY },
} as const;
const on = (today: number) => contextOn(today, { feeds: FEEDS });

type Make = (when: number, id: string) => CustomerEvent;
const DATES = ['2023-12-01', '2024-02-01', '2024-06-15', '2024-09-01', '2025-06-01'] as const;

const agreementFacts: fc.Arbitrary<AgreementFacts> = fc.record(
  {
    agreementId: fc.constantFrom('A', 'B', 'C', 'D'),
    agreementType: fc.constantFrom('MSA', 'SOW', 'service', 'other'),
    valueMinor: fc.nat(1_000_000),
    deltaMinor: fc.integer({ min: -100_000, max: 100_000 }),
    startDate: fc.constantFrom(...DATES),
    endDate: fc.constantFrom(...DATES),
    noticeDays: fc.constantFrom(0, 30, 90),
    paymentTerms: fc.constantFrom('net 30', 'net 60'),
    perpetual: fc.boolean(),
  },
  { requiredKeys: ['agreementId'] },
);
const kinds = fc.constantFrom('created', 'created', 'amended', 'renewed', 'expired', 'terminated');

const anyEvent: fc.Arbitrary<Make> = fc.oneof(
  fc.tuple(kinds, agreementFacts).map(
    ([kind, facts]): Make =>
      (when, id) =>
        givenAgreement(kind, when, { ...facts, stamp: { id } }),
  ),
  fc.tuple(fc.nat(5_000), fc.boolean()).map(
    ([amountMinor, isUnderAgreement]): Make =>
      (when, id) =>
        given('payment.paid', when, {
          id,
          data: { amountMinor, ...(isUnderAgreement ? { agreementId: 'A' } : {}) },
        }),
  ),
  fc.constantFrom('reports', 'export').map(
    (feature): Make =>
      (when, id) =>
        given('activity.feature-used', when, { id, data: { feature } }),
  ),
  fc.constant<Make>((when, id) => given('activity.login', when, { id, data: {} })),
  fc.constantFrom('t1', 't2').map(
    (ticketId): Make =>
      (when, id) =>
        given('ticket.resolved', when, { id, data: { ticketId } }),
  ),
  fc.constantFrom(1, 3, 5).map(
    (score): Make =>
      (when, id) =>
        given('feedback.csat', when, { id, data: { score, scaleMin: 1, scaleMax: 5 } }),
  ),
  fc.constantFrom('g1', 'g2').map(
    (goalId): Make =>
      (when, id) =>
        given('goal.met', when, { id, data: { goalId } }),
  ),
  fc.boolean().map(
    (isSponsor): Make =>
      (when, id) =>
        given('contact.created', when, { id, data: { contactId: 'p1', isSponsor } }),
  ),
  fc.constantFrom('crm', 'support').map(
    (source): Make =>
      (when, id) =>
        given('source.gap-detected', when, { id, source, data: { cause: 'gap-marker' } }),
  ),
  fc.constantFrom('crm', 'support').map(
    (source): Make =>
      (when, id) =>
        given('source.resynced', when, { id, source, data: {} }),
  ),
  fc.constantFrom('Acme', 'Acme Ltd').map(
    (name): Make =>
      (when, id) =>
        given('customer.profile', when, { id, data: { name } }),
  ),
);

const streams = fc
  .array(fc.tuple(anyEvent, fc.integer({ min: 0, max: 120 })), { minLength: 1, maxLength: 25 })
  .map((told) =>
    told.map(([make, daysAgo], index) => ({
      ...make(TODAY - daysAgo, `e${index}`),
      receivedAt: TODAY * DAY_MS,
    })),
  );

function after(events: readonly CustomerEvent[], options: { isStored?: boolean } = {}): CustomerCourse {
  const course = new CustomerCourse(options);
  for (const event of events) course.take(event, on(TODAY));
  return course;
}

describe('a customer, whatever happens', () => {
  it('has the same features in whatever order events arrive, repeats included (N5)', () => {
    const orders = streams.chain((events) => {
      const repeated = [...events, ...events.slice(0, 5)];
      return fc.tuple(fc.constant(events), fc.shuffledSubarray(repeated, { minLength: repeated.length }));
    });
    fc.assert(
      fc.property(orders, ([events, shuffled]) => {
        const [one, other] = [after(events).state, after(shuffled).state];
        // What sources tell of themselves makes nobody a customer.
        if (one === undefined || other === undefined) return void expect(other).toBe(one);
        expect(JSON.stringify(featuresOf(other))).toBe(JSON.stringify(featuresOf(one)));
        expect(other.published.ltv).toEqual(one.published.ltv);
        expect(other.published.complexity?.value ?? null).toBe(one.published.complexity?.value ?? null);
        expect(other.published.crossSell).toBe(one.published.crossSell);
        expect(other.published.notices).toEqual(one.published.notices);
      }),
      { numRuns: 200 },
    );
  });

  it('has reasons in every score change that sum exactly to its delta, or to a first value (N1)', () => {
    fc.assert(
      fc.property(streams, fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 6 }), (events, pauses) => {
        const course = after(events);
        let today = TODAY;
        for (const pause of pauses) {
          today += pause;
          course.begin(on(today));
        }
        for (const change of course.changes.flatMap(({ changes }) => changes).filter(isScoreChange)) {
          if (change.value === null) continue;
          const sum = change.reasons.reduce((total, { contribution }) => total + contribution, 0);
          expect(sum).toBe(change.delta ?? change.value);
          if (change.previous !== null) expect(change.value - change.previous).toBe(change.delta);
        }
        expect(course.changes.map(({ sequence }) => sequence)).toEqual(
          course.changes.map((_, index) => index + 1),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('misses nothing by sleeping until its next review day (N3)', () => {
    fc.assert(
      fc.property(streams, (events) => {
        const [sleeping, awake] = [after(events), after(events)];
        for (let today = TODAY + 1; today <= TODAY + 420; today++) {
          sleeping.begin(on(today));
          awake.begin(on(today), { isForced: true });
        }
        const told = ({ changes }: CustomerCourse) =>
          changes.map(({ asOf, changes: all }) => ({ asOf, all }));
        expect(told(sleeping)).toEqual(told(awake));
      }),
      { numRuns: 40 },
    );
  });

  it('is the same byte for byte when it is stored and read back between any two events', () => {
    fc.assert(
      fc.property(streams, (events) => {
        const [kept, stored] = [after(events), after(events, { isStored: true })];
        expect(JSON.stringify(stored.state)).toBe(JSON.stringify(kept.state));
        expect(JSON.stringify(stored.changes)).toBe(JSON.stringify(kept.changes));
      }),
      { numRuns: 60 },
    );
  });
});
