import { FEEDS, type Feed, type FeedStatus, type FeedStatuses } from '@bellwether/events';

/** How many days a feed may be silent for a whole tenant before its silence means that the feed has stopped (S76). */
export const FEED_FRESHNESS_DAYS: { readonly [F in Feed]: number } = {
  agreement: 180,
  activity: 7,
  ticket: 30,
  feedback: 90,
  engagement: 180,
  contact: 180,
  opportunity: 180,
  payment: 180,
  marketing: 180,
  goal: 180,
  customer: 180,
};

/**
 * Tells a silent feed from silent customers (design 3.4). A feed that never delivered anything is left out.
 *
 * @param lastDays epoch day of the newest event of each feed of the tenant
 * @param today the tenant's present epoch day
 */
export function feedStatuses(lastDays: { readonly [F in Feed]?: number }, today: number): FeedStatuses {
  const statuses: { [F in Feed]?: FeedStatus } = {};
  for (const feed of FEEDS) {
    const lastDay = lastDays[feed];
    if (lastDay === undefined) continue;
    statuses[feed] = { status: today - lastDay <= FEED_FRESHNESS_DAYS[feed] ? 'fresh' : 'stale', lastDay };
  }
  return statuses;
}
