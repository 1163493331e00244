import { type CustomerEvent, customerKey, shortHash } from '@bellwether/events';
import type { Entry } from '@bellwether/stream';
import { ENTRIES } from '../collections.ts';

/** An event as the timeline keeps it. */
export type EventEntry = Pick<CustomerEvent, 'id' | 'source' | 'type' | 'time' | 'receivedAt' | 'data'>;

/**
 * The timeline entry of an event. Its id comes from the event's identity (tenant, source, id), so an event that was
 * delivered twice stands in the timeline once.
 */
export function makeEventEntry(event: CustomerEvent): Entry {
  const { id, source, type, time, receivedAt, data } = event;
  const group = customerKey(event.tenant, event.customerId);
  const value: EventEntry = { id, source, type, time, receivedAt, data };
  return {
    collection: ENTRIES.events,
    id: `${group}|${shortHash(`${source}|${id}`)}`,
    group,
    order: time,
    value,
  };
}
