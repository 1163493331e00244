import { type CustomerEvent, customerKey, dataAsItCame, shortHash } from '@bellwether/events';
import type { Entry } from '@bellwether/stream';
import { ENTRIES } from '../collections.ts';

/** An event as the timeline keeps it: what it told, and what it takes to score by it again (N4). */
export type EventEntry = Pick<
  CustomerEvent,
  'id' | 'source' | 'type' | 'time' | 'day' | 'receivedAt' | 'sequence' | 'data' | 'conversion'
> & {
  /** Only where it is true. */
  readonly historical?: boolean;
  /** Place in the customer's partition of customer-events: orders the events and controls that scoring saw. */
  readonly position: number;
};

/**
 * The timeline entry of an event. Its id comes from the event's identity and content as it came, so an event that was
 * delivered twice stands in the timeline once, whatever its amounts were converted by. One that comes again with other
 * content, because scoring refused the first, or was re-driven, stands beside the first: it is the one that counts.
 */
export function makeEventEntry(event: CustomerEvent, position: number): Entry {
  const { id, source, type, time, day, receivedAt, historical, sequence, data } = event;
  const { redriven, conversion } = event;
  const group = customerKey(event.tenant, event.customerId);
  const value = {
    id,
    source,
    type,
    time,
    day,
    receivedAt,
    ...(historical ? { historical } : {}),
    ...(sequence === undefined ? {} : { sequence }),
    data,
    ...(conversion === undefined ? {} : { conversion }),
    position,
  };
  const told = JSON.stringify([source, id, time, dataAsItCame(event), redriven]);
  return { collection: ENTRIES.events, id: `${group}|${shortHash(told)}`, group, order: time, value };
}

/** The event that an entry was made of. */
export function eventOfEntry(
  { position: _position, historical = false, ...told }: EventEntry,
  customer: { readonly tenant: string; readonly customerId: string },
): CustomerEvent {
  const { tenant, customerId } = customer;
  // `type` and `data` belong together: both come from one event.
  return { kind: 'event', tenant, customerId, historical, ...told } as CustomerEvent;
}
