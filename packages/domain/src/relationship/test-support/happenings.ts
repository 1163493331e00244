import { type CustomerEvent, FEEDS, type FeedStatuses, formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { given } from '../../customer/test-support.ts';
import { TODAY } from './customer.ts';

/** For tests only: happenings of a customer that its relationship and its lifecycle are read from. */

const few = (name: string) => fc.integer({ min: 1, max: 3 }).map((number) => `${name}-${number}`);
const words = fc.constantFrom('mail', 'E-Mail', 'phone', 'video', 'on site', 'smoke signals');
const level = fc.constantFrom('C' as const, 'VP' as const, 'other' as const);
const role = fc.constantFrom('chief financial officer', 'user lead', 'analyst', 'buyer');
const STAGES = ['Awareness', 'consideration', 'onboarding', 'Adoption', 'retention', 'advocacy', 'active'];

/** Whatever bears on the relationship or the lifecycle, on days drawn from `on`. */
export function anyHappening(on: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent> {
  return fc.oneof(anyTouch(on), anyMeeting(on), anyPerson(on), anySale(on), anyContract(on), anyWord(on));
}

function anyTouch(on: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent> {
  return fc.oneof(
    fc.tuple(on, words).map(([day, channel]) => given('marketing.touch', day, { data: { channel } })),
    on.map((day) => given('activity.login', day, { data: {} })),
    fc
      .tuple(on, few('feature'))
      .map(([day, feature]) => given('activity.feature-used', day, { data: { feature } })),
    fc
      .tuple(on, few('ticket'))
      .map(([day, ticketId]) => given('ticket.opened', day, { data: { ticketId, severity: 3 } })),
  ) as fc.Arbitrary<CustomerEvent>;
}

function anyMeeting(on: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent> {
  const data = fc.record(
    { engagementId: few('meeting'), level, attendees: fc.integer({ min: 1, max: 9 }), channel: words },
    { requiredKeys: ['engagementId'] },
  );
  const type = fc.constantFrom(
    'engagement.qbr-held' as const,
    'engagement.qbr-missed' as const,
    'engagement.meeting-held' as const,
  );
  const ahead = fc.integer({ min: -10, max: 60 });
  const item = fc.record(
    { engagementId: few('meeting'), actionItemId: few('item'), title: few('title'), owner: few('owner') },
    { requiredKeys: ['engagementId', 'actionItemId', 'title'] },
  );
  return fc.oneof(
    fc.tuple(on, type, data).map(([day, name, meeting]) => given(name, day, { data: meeting })),
    fc.tuple(on, few('meeting'), ahead).map(([day, engagementId, days]) => {
      const scheduledAt = `${formatDay(day + days)}T14:00:00Z`;
      return given('engagement.qbr-scheduled', day, { data: { engagementId, scheduledAt } });
    }),
    fc
      .tuple(on, few('outreach'), words)
      .map(([day, engagementId, channel]) =>
        given('engagement.outreach-sent', day, { data: { engagementId, channel } }),
      ),
    fc.tuple(on, item).map(([day, recorded]) =>
      given('engagement.action-item-recorded', day, {
        data: { ...recorded, dueDate: formatDay(day + 14) },
      }),
    ),
  ) as fc.Arbitrary<CustomerEvent>;
}

function anyPerson(on: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent> {
  const person = fc.record(
    { contactId: few('person'), role, hasEmail: fc.boolean(), isSponsor: fc.boolean() },
    { requiredKeys: ['contactId'] },
  );
  const type = fc.constantFrom('contact.created' as const, 'contact.changed' as const);
  return fc.oneof(
    fc.tuple(on, type, person).map(([day, name, data]) => given(name, day, { data })),
    fc
      .tuple(on, few('person'))
      .map(([day, contactId]) => given('contact.left', day, { data: { contactId } })),
  ) as fc.Arbitrary<CustomerEvent>;
}

function anySale(on: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent> {
  const type = fc.constantFrom('opportunity.created' as const, 'opportunity.stage-changed' as const);
  return fc.oneof(
    fc
      .tuple(on, type, few('opportunity'))
      .map(([day, name, opportunityId]) => given(name, day, { data: { opportunityId, stage: 'proposal' } })),
    fc.tuple(on, fc.integer({ min: 0, max: 100_000 })).map(([day, amountMinor]) => {
      const opportunityId = `won-on-${day}`;
      return given('opportunity.won', day, { data: { opportunityId, amountMinor } });
    }),
    fc
      .tuple(on, fc.integer({ min: 0, max: 50_000 }))
      .map(([day, amountMinor]) => given('payment.paid', day, { data: { amountMinor } })),
  ) as fc.Arbitrary<CustomerEvent>;
}

function anyContract(on: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent> {
  const agreementId = few('agreement');
  const agreementType = fc.constantFrom('MSA' as const, 'SOW' as const, 'service' as const);
  const value = fc.integer({ min: 0, max: 500_000 });
  return fc.oneof(
    fc
      .tuple(on, agreementId, agreementType, value, fc.integer({ min: 30, max: 500 }))
      .map(([day, id, type, valueMinor, days]) =>
        given('agreement.created', day, {
          data: {
            agreementId: id,
            agreementType: type,
            valueMinor,
            startDate: formatDay(day),
            endDate: formatDay(day + days),
            serviceLine: `line-${days % 3}`,
          },
        }),
      ),
    fc
      .tuple(on, agreementId, fc.integer({ min: -40_000, max: 40_000 }))
      .map(([day, id, deltaMinor]) =>
        given('agreement.amended', day, { data: { agreementId: id, deltaMinor } }),
      ),
    fc
      .tuple(on, agreementId)
      .map(([day, id]) => given('agreement.renewed', day, { data: { agreementId: id } })),
    fc.tuple(on, agreementId, fc.integer({ min: -20, max: 200 })).map(([day, id, ahead]) =>
      given('agreement.terminated', day, {
        data: { agreementId: id, effectiveDate: formatDay(day + ahead), deltaMinor: -1 },
      }),
    ),
  ) as fc.Arbitrary<CustomerEvent>;
}

function anyWord(on: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent> {
  const scored = fc.constantFrom('feedback.nps' as const, 'feedback.csat' as const, 'feedback.ces' as const);
  return fc.oneof(
    fc.tuple(on, scored, fc.integer({ min: 0, max: 10 }), fc.boolean()).map(([day, type, score, isClosed]) =>
      given(type, day, {
        data: {
          score,
          scaleMin: 0,
          scaleMax: 10,
          ...(isClosed ? { closedLoopAt: `${formatDay(day + 1)}T10:00:00Z` } : {}),
        },
      }),
    ),
    on.map((day) => given('feedback.comment', day, { data: { comment: 'well' } })),
    fc
      .tuple(on, fc.constantFrom(...STAGES))
      .map(([day, status]) => given('customer.profile', day, { data: { status } })),
    fc.tuple(on, few('goal')).map(([day, goalId]) => given('goal.met', day, { data: { goalId } })),
  ) as fc.Arbitrary<CustomerEvent>;
}

/** Some feeds never heard, some fresh, some stopped. */
export const anyFeeds: fc.Arbitrary<FeedStatuses> = fc
  .array(fc.constantFrom('fresh', 'fresh', 'fresh', 'stale', 'absent'), {
    minLength: FEEDS.length,
    maxLength: FEEDS.length,
  })
  .map((conditions) => {
    const told = FEEDS.flatMap((feed, index) => {
      const status = conditions[index];
      return status === 'absent' ? [] : [[feed, { status, lastDay: TODAY - 20 }]];
    });
    return Object.fromEntries(told) as FeedStatuses;
  });
