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
import { sourceEvents } from './families/source.ts';
import { customerEvents, goalEvents, paymentEvents } from './families/value.ts';
import { FEEDS, type Feed } from './feeds.ts';

/**
 * The eleven event families of the ledger (requirements 1g), the actions of people and what sources tell of
 * themselves.
 */
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
  ...sourceEvents,
} as const;

export type EventType = keyof typeof EVENT_SCHEMAS;
export type EventData<T extends EventType> = Static<(typeof EVENT_SCHEMAS)[T]>;
export const EVENT_TYPES = Object.keys(EVENT_SCHEMAS) as readonly EventType[];

/** True for the name of an event type that has a schema. */
export function isEventType(text: string): text is EventType {
  return Object.hasOwn(EVENT_SCHEMAS, text);
}

/** The feed that an event type belongs to; undefined for the actions of people and notices of sources. */
export function feedOf(type: EventType): Feed | undefined {
  const family = type.slice(0, type.indexOf('.'));
  return FEEDS.find((feed) => feed === family);
}

/** What a source tells of itself: that data may be missing, or is there again (N14). It is no event of a customer. */
export type SourceNoticeType = Extract<EventType, `source.${string}`>;

/** True for what a source tells of itself. */
export function isSourceNotice(type: EventType): type is SourceNoticeType {
  return type.startsWith('source.');
}
