import { FEEDS, type Feed, type FeedStatus, type FeedStatuses } from '@bellwether/events';
import { type DataGaps, missingSince, NO_GAPS } from './data-gaps.ts';

/**
 * Since when data of a customer may be missing, of it alone and of its whole tenant. Epoch ms; null: not known to be.
 */
export interface Staleness {
  readonly own: number | null;
  readonly ofTenant: number | null;
}

/** What a customer's own gaps and those of its tenant's feeds say together. */
export function stalenessOf(gaps: DataGaps | undefined, feeds: FeedStatuses): Staleness {
  let ofTenant: number | null = null;
  for (const feed of FEEDS) {
    const since = feeds[feed]?.missingSince;
    if (since !== undefined) ofTenant = Math.min(since, ofTenant ?? since);
  }
  return { own: missingSince(gaps ?? NO_GAPS), ofTenant };
}

/** Data may be missing since then; undefined while nothing is known to be. */
export function staleSince({ own, ofTenant }: Staleness): number | undefined {
  if (own === null || ofTenant === null) return own ?? ofTenant ?? undefined;
  return Math.min(own, ofTenant);
}

/**
 * Whether it must be told by itself that a customer is stale, or no longer. A gap of the whole tenant is told with the
 * next change of each customer: one message of a source must not lead to one of every customer.
 * @param told what the customer's last change said
 */
export function mustTell(told: number | undefined, now: Staleness): boolean {
  const since = staleSince(now);
  return since !== told && (since === undefined || now.own !== null);
}

/** The statuses with what is missing of each feed for the whole tenant. */
export function withMissing(statuses: FeedStatuses, gaps: DataGaps): FeedStatuses {
  if (gaps.open.length === 0) return statuses;
  const marked: { [F in Feed]?: FeedStatus } = { ...statuses };
  for (const feed of FEEDS) {
    const status = statuses[feed];
    if (status === undefined) continue;
    const open = gaps.open.filter(({ feeds }) => feeds.length === 0 || feeds.includes(feed));
    const since = missingSince({ ...gaps, open });
    if (since !== null) marked[feed] = { ...status, missingSince: since };
  }
  return marked;
}
