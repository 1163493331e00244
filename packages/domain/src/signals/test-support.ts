import { type CustomerEvent, FEEDS, type FeedStatuses, formatDay } from '@bellwether/events';
import fc from 'fast-check';
import { given } from '../customer/test-support.ts';
import { evolveSignals } from './evolve-signals.ts';
import { initialSignals, type SignalState } from './state.ts';

/** For tests only: customers by what happened to them, on days counted from TODAY. */

export const TODAY = 20_000;

/** What is known on TODAY of a customer after these events. */
export function customerAfter(events: readonly CustomerEvent[], today = TODAY): SignalState {
  let state = initialSignals();
  for (const event of events) state = after(state, event, today);
  return state;
}

/** The state after one event that must be accepted. */
export function after(state: SignalState, event: CustomerEvent, today = TODAY): SignalState {
  const evolved = evolveSignals(state, event, today);
  if (!evolved.ok) throw new Error(`${event.type} quarantined as ${evolved.reason}`);
  return evolved.state;
}

/** One login on each of these days. */
export function loginsOn(days: readonly number[]): CustomerEvent[] {
  return days.map((day) => given('activity.login', day, { data: {} }));
}

/** The days from `first` to `last`, every `step`th of them. */
export function days(first: number, last: number, step = 1): number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}

/** Every feed of the tenant in one condition, heard until TODAY. */
export function allFeeds(status: 'fresh' | 'stale'): FeedStatuses {
  return Object.fromEntries(FEEDS.map((feed) => [feed, { status, lastDay: TODAY }]));
}

const few = (name: string) => fc.integer({ min: 1, max: 4 }).map((number) => `${name}-${number}`);
const dueDate = fc.integer({ min: TODAY - 100, max: TODAY + 100 }).map((day) => formatDay(day));
const measure = fc.integer({ min: -50, max: 200 });

/** An increment (a use, an answer), which counts as often as it comes. */
export function anyIncrement(day: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent> {
  const survey = fc.integer({ min: 0, max: 10 }).map((score) => ({ score, scaleMin: 0, scaleMax: 10 }));
  const use = fc.record({ feature: few('feature'), count: fc.integer({ min: 1, max: 50 }) });
  return fc.oneof(
    day.map((on) => given('activity.login', on, { data: {} })),
    fc.tuple(day, use).map(([on, data]) => given('activity.feature-used', on, { data })),
    fc.tuple(day, use).map(([on, { count }]) => given('activity.usage-reported', on, { data: { count } })),
    fc.tuple(day, survey).map(([on, data]) => given('feedback.csat', on, { data })),
    fc
      .tuple(day, survey)
      .map(([on, data]) => given('feedback.ces', on, { data: { ...data, highIsGood: false } })),
  );
}

/** A fact about a ticket, contact, goal or meeting, which may be repeated. */
export function anyFact(day: fc.Arbitrary<number>): fc.Arbitrary<CustomerEvent> {
  const severity = fc.integer({ min: 1, max: 4 });
  const ticketFact = fc.constantFrom('ticket.responded' as const, 'ticket.resolved' as const);
  const contactFact = fc.constantFrom('contact.created' as const, 'contact.changed' as const);
  const meetingFact = fc.constantFrom('engagement.qbr-held' as const, 'engagement.qbr-missed' as const);
  const goal = fc.record({ goalId: few('goal'), target: measure, dueDate });
  return fc.oneof(
    fc
      .tuple(day, few('ticket'), severity)
      .map(([on, ticketId, worst]) => given('ticket.opened', on, { data: { ticketId, severity: worst } })),
    fc
      .tuple(day, few('ticket'), severity)
      .map(([on, ticketId, worst]) => given('ticket.escalated', on, { data: { ticketId, severity: worst } })),
    fc
      .tuple(day, few('ticket'), ticketFact)
      .map(([on, ticketId, type]) => given(type, on, { data: { ticketId } })),
    fc
      .tuple(day, few('contact'), contactFact, fc.boolean())
      .map(([on, contactId, type, isSponsor]) => given(type, on, { data: { contactId, isSponsor } })),
    fc
      .tuple(day, few('contact'))
      .map(([on, contactId]) => given('contact.left', on, { data: { contactId } })),
    fc.tuple(day, goal).map(([on, data]) => given('goal.set', on, { data })),
    fc.tuple(day, few('goal')).map(([on, goalId]) => given('goal.met', on, { data: { goalId } })),
    fc
      .tuple(day, few('goal'), measure)
      .map(([on, goalId, actual]) => given('goal.value-realised', on, { data: { goalId, actual } })),
    fc.tuple(day, meetingFact).map(([on, type]) => given(type, on, { data: { engagementId: 'review' } })),
  ) as fc.Arbitrary<CustomerEvent>;
}

/** Some feeds never heard, some fresh, some stopped. */
export const anyFeeds: fc.Arbitrary<FeedStatuses> = fc
  .array(fc.constantFrom('fresh', 'stale', 'absent'), { minLength: FEEDS.length, maxLength: FEEDS.length })
  .map((conditions) => {
    const told = FEEDS.flatMap((feed, index) => {
      const condition = conditions[index];
      return condition === 'absent' ? [] : [[feed, { status: condition, lastDay: TODAY - 20 }]];
    });
    return Object.fromEntries(told) as FeedStatuses;
  });
