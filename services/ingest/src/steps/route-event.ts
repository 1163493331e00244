import { isNotice } from '@bellwether/domain';
import {
  type ClockRecord,
  type CustomerEvent,
  type CustomerEventOf,
  customerKey,
  type Feed,
  PORTFOLIO_CUSTOMER_ID,
  parseInstant,
  type ResyncRequest,
} from '@bellwether/events';
import type { Output } from '@bellwether/stream';

export type RoutedOutput = 'events' | 'clock' | 'resync';

/** Where an event came from, for those in which a source tells of itself. */
export interface Origin {
  readonly topic: string;
  /** What its system delivers; empty: anything. */
  readonly feeds: readonly Feed[];
  /** What a request to send again can say beyond the gap. */
  readonly wanted?: Pick<ResyncRequest, 'entityName' | 'recordIds' | 'missingFrom' | 'missingTo'>;
}

/**
 * Puts an event on `customer-events`, in the order of its customer. What a source tells of itself for all customers of
 * a tenant goes to the tenant's clock instead, and a gap also asks the source to send again (N14).
 */
export function routeEvent(event: CustomerEvent, origin: Origin): readonly Output<RoutedOutput>[] {
  if (!isNotice(event)) return [eventOutput(event)];
  const outputs: Output<RoutedOutput>[] = [
    event.customerId === PORTFOLIO_CUSTOMER_ID ? noticeOutput(event, origin) : eventOutput(event),
  ];
  if (event.type === 'source.gap-detected') outputs.push(requestOutput(event, origin));
  return outputs;
}

function eventOutput(event: CustomerEvent): Output<'events'> {
  return { output: 'events', key: customerKey(event.tenant, event.customerId), value: event };
}

function noticeOutput(event: CustomerEvent, { feeds }: Origin): Output<'clock'> {
  const { tenant, receivedAt: at } = event;
  const value: ClockRecord = { kind: 'source-notice', tenant, event, feeds, at };
  return { output: 'clock', key: tenant, value };
}

function requestOutput(
  event: CustomerEventOf<'source.gap-detected'>,
  { topic, wanted }: Origin,
): Output<'resync'> {
  const { tenant, source, data, time, receivedAt } = event;
  const customerId = event.customerId === PORTFOLIO_CUSTOMER_ID ? null : event.customerId;
  const since = data.since === undefined ? time : (parseInstant(data.since) ?? time);
  const value: ResyncRequest = {
    kind: 'resync-request',
    tenant,
    customerId,
    requestId: event.id,
    topic,
    source,
    cause: data.cause,
    feed: data.feed ?? null,
    since: Math.min(since, time),
    through: time,
    ...wanted,
    requestedAt: receivedAt,
  };
  const key = customerId === null ? tenant : customerKey(tenant, customerId);
  return { output: 'resync', key, value };
}
