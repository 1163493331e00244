import {
  type CustomerEvent,
  type CustomerEventOf,
  type FEEDS,
  type FeedStatuses,
  formatDay,
} from '@bellwether/events';
import fc from 'fast-check';
import type { AgreementEvent } from '../agreements/agreement-state.ts';
import { evolveAgreements } from '../agreements/evolve-agreements.ts';
import { evolveProfile } from '../customer/profile.ts';
import { given, givenAgreement } from '../customer/test-support.ts';
import { stampedBy } from '../relationship/stamped.ts';
import { evolveSignals } from '../signals/evolve-signals.ts';
import { initialSignals, type SignalState } from '../signals/state.ts';
import { anyFact, anyIncrement, days, loginsOn, TODAY } from '../signals/test-support.ts';
import { writtenBy } from '../signals/written.ts';
import type { HealthFacts } from './health-facts.ts';

/** For tests only: what is known of customers, by what happened to them. */

/** The facts of a customer of whom only signals are kept. */
export function onlySignals(signals: SignalState): HealthFacts {
  return { signals, profile: {}, agreements: [], opportunities: [], isReference: null };
}

/** What is known on `today` of a customer after these events. */
export function factsAfter(events: readonly CustomerEvent[], today = TODAY): HealthFacts {
  let facts = onlySignals(initialSignals());
  for (const event of events) {
    const evolved = evolveSignals(facts.signals, event, today);
    if (!evolved.ok) throw new Error(`${event.type} quarantined as ${evolved.reason}`);
    facts = { ...facts, signals: evolved.state };
    if (event.type === 'customer.profile') {
      facts = {
        ...facts,
        profile: evolveProfile(facts.profile, event as CustomerEventOf<'customer.profile'>),
      };
    }
    if (event.type.startsWith('agreement.')) {
      const folded = evolveAgreements(facts.agreements, event as AgreementEvent);
      if (folded.kind === 'ok') facts = { ...facts, agreements: folded.result };
    }
  }
  return facts;
}

/** The same customer with so many of its seats in use, as reported on a day. */
export function withSeats(
  facts: HealthFacts,
  [active, licensed]: readonly [number, number],
  on = TODAY,
): HealthFacts {
  const report = given('activity.usage-reported', on, { data: { count: 1 } });
  const seats = { activeUsers: writtenBy(report, active), licensedSeats: writtenBy(report, licensed) };
  const activity = { ...facts.signals.activity, seats };
  return { ...facts, signals: { ...facts.signals, activity } };
}

/** The same customer with what was told about the e-mail address of each contact. */
export function withEmails(
  facts: HealthFacts,
  emails: { readonly [contactId: string]: boolean },
): HealthFacts {
  const contacts = facts.signals.contacts.map((contact) => {
    const told = emails[contact.id];
    const event = given('contact.changed', contact.day, { data: { contactId: contact.id } });
    return told === undefined ? contact : { ...contact, hasEmail: stampedBy(event, told) };
  });
  return { ...facts, signals: { ...facts.signals, contacts } };
}

/** Opportunities that were each created and closed on a day; null: lost. */
export function opportunitiesOf(
  deals: readonly { readonly wonMinor: number | null; readonly day: number }[],
): HealthFacts['opportunities'] {
  return deals.map(({ wonMinor, day }, index) => {
    const event = given('opportunity.won', day, { data: { opportunityId: `o-${index}` } });
    return {
      id: `o-${index}`,
      kind: null,
      stage: null,
      amount: wonMinor === null ? null : writtenBy(event, wonMinor),
      createdDay: day,
      outcome: writtenBy(event, wonMinor !== null),
      wonDay: wonMinor === null ? null : day,
      lostDay: wonMinor === null ? day : null,
    };
  });
}

export const ticketOpened = (id: string, on: number, severity = 3) =>
  given('ticket.opened', on, { data: { ticketId: id, severity } });

/** So many hours after an event, epoch ms. */
export function hoursAfter(event: CustomerEvent, hours: number): number {
  return event.time + hours * 3_600_000;
}

/** Somebody of whom all signals of the framework but the seats are known. */
export function wellKnown(): CustomerEvent[] {
  const opened = ticketOpened('T1', TODAY - 5);
  return [
    ...loginsOn(days(TODAY - 90, TODAY, 2)),
    given('activity.feature-used', TODAY - 1, { data: { feature: 'reports' } }),
    opened,
    given('ticket.responded', TODAY - 5, { time: hoursAfter(opened, 2), data: { ticketId: 'T1' } }),
    given('ticket.resolved', TODAY - 4, { time: hoursAfter(opened, 24), data: { ticketId: 'T1' } }),
    given('feedback.csat', TODAY - 10, { data: { score: 4, scaleMin: 1, scaleMax: 5 } }),
    given('goal.set', TODAY - 60, { data: { goalId: 'g1', target: 200, dueDate: '2024-10-01' } }),
    given('goal.met', TODAY - 3, { data: { goalId: 'g1' } }),
    given('goal.value-realised', TODAY - 3, { data: { goalId: 'g1', actual: 150 } }),
    given('contact.created', TODAY - 90, { data: { contactId: 'ann', isSponsor: true } }),
    givenAgreement('created', TODAY - 90, { startDate: formatDay(TODAY - 90), perpetual: true }),
  ];
}

/** Everything a customer may be known by, in any mixture. */
export function anyFacts(on: fc.Arbitrary<number>): fc.Arbitrary<HealthFacts> {
  const date = on.map((day) => formatDay(day));
  const agreement = fc
    .record({ on, id: fc.constantFrom('A', 'B'), startDate: date, length: fc.integer({ min: 0, max: 400 }) })
    .map(({ on: told, id, startDate, length }) =>
      givenAgreement('created', told, {
        agreementId: id,
        startDate,
        ...(length === 0 ? { perpetual: true } : { endDate: formatDay(told + length) }),
      }),
    );
  const meeting = on.map((day) => given('engagement.meeting-held', day, { data: { engagementId: 'm' } }));
  const status = fc.constantFrom('At Risk', 'Early Warning', 'Active');
  const profile = fc
    .record({ on, status, annualRevenueMinor: fc.integer({ min: 0, max: 1e12 }) })
    .map(({ on: told, ...data }) => given('customer.profile', told, { data }));
  const event = fc.oneof(anyIncrement(on), anyFact(on), agreement, meeting, profile);
  return fc
    .record({
      events: fc.array(event as fc.Arbitrary<CustomerEvent>, { maxLength: 25 }),
      seats: fc.option(fc.tuple(fc.nat(50), fc.nat(50), on)),
      emails: fc.dictionary(fc.constantFrom('contact-1', 'contact-2'), fc.boolean()),
      deals: fc.array(fc.record({ wonMinor: fc.option(fc.nat(1e9)), day: on }), { maxLength: 2 }),
      isReference: fc.option(fc.boolean()),
    })
    .map(({ events, seats, emails, deals, isReference }) => {
      const told = { ...factsAfter(events), opportunities: opportunitiesOf(deals), isReference };
      const known = withEmails(told, emails);
      return seats === null ? known : withSeats(known, [seats[0], seats[1]], seats[2]);
    });
}

/** A feed that stopped on a day, the others as they are. */
export function stoppedOn(feeds: FeedStatuses, feed: (typeof FEEDS)[number], lastDay = TODAY): FeedStatuses {
  return { ...feeds, [feed]: { status: 'stale', lastDay } };
}
