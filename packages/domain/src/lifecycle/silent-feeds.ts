import type { Feed, FeedStatuses } from '@bellwether/events';
import { transactionsOf } from '../rfm/payments-state.ts';
import type { LifecycleSources } from './journey-evidence.ts';

/** Feeds that evidence of the lifecycle comes from, and whether a customer was ever seen in them. */
const WAS_SEEN: { readonly [F in Feed]?: (sources: LifecycleSources) => boolean } = {
  agreement: ({ agreements }) => agreements.length > 0,
  activity: ({ signals }) => signals.activity.firstDay !== null,
  ticket: ({ signals }) => signals.firstTicketDay !== null,
  feedback: ({ relationship }) => relationship.touches.firstFeedbackDay !== null,
  engagement: ({ relationship }) => relationship.engagements.firstDay !== null,
  opportunity: ({ opportunities }) => opportunities.length > 0,
  payment: ({ payments }) => transactionsOf(payments) > 0,
  marketing: ({ relationship }) => relationship.touches.firstMarketingDay !== null,
  customer: ({ toldStages }) => toldStages.length > 0,
  goal: ({ signals, valueMoments }) => signals.goals.length > 0 || valueMoments.firstRealisedDay !== null,
};

/** The feeds that a customer was seen in and that have stopped: the lifecycle may have gone on without them (N2). */
export function silentFeedsOf(sources: LifecycleSources, feeds: FeedStatuses): readonly Feed[] {
  return (Object.keys(WAS_SEEN) as readonly Feed[]).filter(
    (feed) => feeds[feed]?.status === 'stale' && WAS_SEEN[feed]?.(sources) === true,
  );
}
