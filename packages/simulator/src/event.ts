import { type EventData, type EventType, type Feed, feedOf } from '@bellwether/events';

/** A CloudEvent in structured mode, ready for the edge; `time` is RFC 3339 in UTC. */
export interface SimulatedEventOf<T extends EventType> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: T;
  readonly subject: string;
  readonly time: string;
  readonly sequence?: number;
  readonly data: EventData<T>;
}
export type SimulatedEvent = { [T in EventType]: SimulatedEventOf<T> }[EventType];

/** An event and the instant at which it is sent, epoch ms. */
export interface ScheduledEvent {
  readonly atMs: number;
  readonly customerIndex: number;
  readonly event: SimulatedEvent;
}

/** The system each feed comes from. */
const SOURCES: { readonly [F in Feed]: string } = {
  agreement: 'crm',
  contact: 'crm',
  opportunity: 'crm',
  customer: 'crm',
  engagement: 'success',
  goal: 'success',
  activity: 'product',
  ticket: 'support',
  feedback: 'survey',
  payment: 'billing',
  marketing: 'marketing',
};

/** What one event is made of. */
export interface EventParts<T extends EventType> {
  readonly id: string;
  readonly type: T;
  readonly subject: string;
  readonly atMs: number;
  readonly sequence: number | undefined;
  readonly data: EventData<T>;
}

/** Puts the envelope around an event's data; `atMs` is epoch milliseconds. */
export function simulatedEvent<T extends EventType>(parts: EventParts<T>): SimulatedEvent {
  const { id, type, subject, atMs, sequence, data } = parts;
  const feed = feedOf(type);
  const event = {
    specversion: '1.0',
    id,
    source: feed === undefined ? 'board' : SOURCES[feed],
    type,
    subject,
    time: new Date(atMs).toISOString(),
    ...(sequence === undefined ? {} : { sequence }),
    data,
  };
  return event as unknown as SimulatedEvent; // `data` is typed by `type`; the compiler cannot pair them in a union
}

/** Order of time; at one instant by customer, then by id, so that the order is total. */
export function inOrderOfTime(left: ScheduledEvent, right: ScheduledEvent): number {
  if (left.atMs !== right.atMs) return left.atMs - right.atMs;
  if (left.customerIndex !== right.customerIndex) return left.customerIndex - right.customerIndex;
  return left.event.id < right.event.id ? -1 : 1;
}
