import type { Static } from 'typebox';
import { actionEvents } from './families/action.ts';
import { activityEvents } from './families/activity.ts';
import { agreementEvents } from './families/agreement.ts';
import {
  contactEvents,
  engagementEvents,
  marketingEvents,
  opportunityEvents,
} from './families/relationship.ts';
import { feedbackEvents, ticketEvents } from './families/service.ts';
import { customerEvents, goalEvents, paymentEvents } from './families/value.ts';

/** The eleven event families of the ledger (requirements 1g) and the actions of people, each schema once. */
export const EVENT_SCHEMAS = {
  ...agreementEvents,
  ...activityEvents,
  ...ticketEvents,
  ...feedbackEvents,
  ...engagementEvents,
  ...contactEvents,
  ...opportunityEvents,
  ...paymentEvents,
  ...marketingEvents,
  ...goalEvents,
  ...customerEvents,
  ...actionEvents,
} as const;

export type EventType = keyof typeof EVENT_SCHEMAS;
export type EventData<T extends EventType> = Static<(typeof EVENT_SCHEMAS)[T]>;
export const EVENT_TYPES = Object.keys(EVENT_SCHEMAS) as readonly EventType[];

/** A source feed: its silence is told apart from a customer's silence (design section 3.4). */
export const FEEDS = [
  'agreement',
  'activity',
  'ticket',
  'feedback',
  'engagement',
  'contact',
  'opportunity',
  'payment',
  'marketing',
  'goal',
  'customer',
] as const;
export type Feed = (typeof FEEDS)[number];

/** True for the name of an event type that has a schema. */
export function isEventType(text: string): text is EventType {
  return Object.hasOwn(EVENT_SCHEMAS, text);
}

/** The feed that an event type belongs to; undefined for the actions of people. */
export function feedOf(type: EventType): Feed | undefined {
  const family = type.slice(0, type.indexOf('.'));
  return FEEDS.find((feed) => feed === family);
}
