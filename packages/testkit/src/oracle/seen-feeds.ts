import type { CustomerEvent, Feed, FeedStatuses } from '@bellwether/events';
import { acceptedEvents, isSaid } from './common.ts';
import { toldStages } from './journey.ts';

/** The events by which a customer is seen in a feed: those the lifecycle is read from (N2). */
const SEEN_BY: readonly (readonly [Feed, (type: string) => boolean])[] = [
  ['agreement', (type) => type.startsWith('agreement.')],
  ['activity', (type) => type.startsWith('activity.')],
  ['ticket', (type) => type.startsWith('ticket.')],
  ['feedback', isSaid],
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
  const seen = SEEN_BY.flatMap(([feed, isOf]) => (types.some(isOf) ? [feed] : []));
  // The profile counts where it told a stage.
  if (toldStages(events).length > 0) seen.push('customer');
  return seen.filter((feed) => feeds[feed]?.status === 'stale');
}
