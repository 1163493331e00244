import type { CustomerEvent, Feed, FeedStatuses } from '@bellwether/events';
import { acceptedEvents } from './common.ts';

/** The events by which a customer is seen in a feed: those the lifecycle is read from (N2). */
const SEEN_BY: readonly (readonly [Feed, (type: string) => boolean])[] = [
  ['agreement', (type) => type.startsWith('agreement.')],
  ['activity', (type) => type.startsWith('activity.')],
  ['ticket', (type) => type.startsWith('ticket.')],
  ['feedback', (type) => type.startsWith('feedback.')],
  [
    'engagement',
    (type) => ['engagement.meeting-held', 'engagement.qbr-held', 'engagement.outreach-sent'].includes(type),
  ],
  ['opportunity', (type) => type.startsWith('opportunity.')],
  ['payment', (type) => type === 'payment.paid'],
  ['marketing', (type) => type.startsWith('marketing.')],
  ['goal', (type) => type.startsWith('goal.')],
];

/** Feeds that the customer was seen in and that have stopped. */
export function silentFeeds(events: readonly CustomerEvent[], feeds: FeedStatuses): readonly Feed[] {
  const types = acceptedEvents(events).map(({ type }) => type);
  return SEEN_BY.flatMap(([feed, isOf]) =>
    feeds[feed]?.status === 'stale' && types.some(isOf) ? [feed] : [],
  );
}
