import {
  FEEDS,
  type Feed,
  type FeedStatuses,
  formatDay,
  type Reason,
  type SituationChange,
} from '@bellwether/events';
import { FEED_FRESHNESS_DAYS } from './feed-statuses.ts';

/** A feed of which it was told that it is silent, and the last day that it was heard. */
export interface SilentSource {
  readonly feed: Feed;
  readonly lastDay: number;
}
/** The feeds that were told to be silent and are so still, in the order of the feeds. */
export type PublishedSilence = readonly SilentSource[];

/** Code of the situation while it stands. */
export const SOURCE_SILENT_CODE = 'source-silent';

/** What is neither raised nor cleared for want of a feed, and which scores do without it. */
const HELD: { readonly [F in Feed]: string } = {
  agreement: 'ends of agreements that have passed since are no losses yet, and value stages wait',
  activity: 'health, churn and depth do without it; at risk, falling use, upsell and advocacy wait',
  ticket: 'health and churn do without it; at risk, escalations and advocacy wait',
  feedback: 'health and ease do without it; at risk, advocacy and owed answers wait',
  engagement: 'health and stakeholders do without it; at risk, missed and due reviews wait',
  contact: 'health, depth and stakeholders do without it; at risk and lost sponsors wait',
  opportunity: 'health and sales do without it; calls before a renewal wait',
  payment: 'purchases, churn and value stages do without it, and wait',
  marketing: 'the consistency and channels of a relationship do without it',
  goal: 'health does without it; at risk and advocacy wait',
  customer: 'what customers are is read as it was told last',
};

/**
 * `data-quality.source-silent.raised` once for each feed of a tenant that has told nothing for longer than it may
 * (S76), `.cleared` when it is back (N2): the cause is the feed. Customers are not told of it: their scores say what is
 * missing.
 */
export function decideSilentSources(
  previous: PublishedSilence,
  statuses: FeedStatuses,
  currency: string,
): { readonly published: PublishedSilence; readonly situations: readonly SituationChange[] } {
  const published: SilentSource[] = [];
  const situations: SituationChange[] = [];
  for (const feed of FEEDS) {
    const status = statuses[feed];
    const held = previous.find((source) => source.feed === feed);
    if (status?.status === 'stale') {
      const source = held ?? { feed, lastDay: status.lastDay };
      published.push(source);
      if (held === undefined) situations.push(raised(source, currency));
    } else if (held !== undefined) {
      situations.push(cleared(held, currency));
    }
  }
  return situations.length === 0 ? { published: previous, situations } : { published, situations };
}

/** First epoch day on which a feed that was heard last on `lastDay` is silent. */
export function silentFromDay({ feed, lastDay }: SilentSource): number {
  return lastDay + FEED_FRESHNESS_DAYS[feed] + 1;
}

/** The text names days: it is read on others too. */
function raised(source: SilentSource, currency: string): SituationChange {
  const { feed, lastDay } = source;
  const limitDays = FEED_FRESHNESS_DAYS[feed];
  return {
    ...situation('data-quality.source-silent.raised', feed, currency),
    code: SOURCE_SILENT_CODE,
    text: `No ${feed} data since ${formatDay(lastDay)}: ${HELD[feed]} until it is back`,
    reasons: [
      reason('last-day', lastDay, `${feed} data was heard last on ${formatDay(lastDay)}`),
      reason('freshness-days', limitDays, `it may be silent for ${limitDays} days`),
      reason('silent-from', silentFromDay(source), `silent from ${formatDay(silentFromDay(source))} on`),
    ],
  };
}

function cleared({ feed, lastDay }: SilentSource, currency: string): SituationChange {
  return {
    ...situation('data-quality.source-silent.cleared', feed, currency),
    code: 'source-back',
    text: `${inTitle(feed)} data is back; it was heard last on ${formatDay(lastDay)}`,
    reasons: [],
  };
}

/** Its fields stand in the order of every situation: bytes are compared. */
function situation(
  type: SituationChange['type'],
  cause: string,
  currency: string,
): Omit<SituationChange, 'reasons'> {
  return { type, cause, code: '', text: '', valueMinor: null, currency };
}

function reason(signal: string, after: number, text: string): Reason {
  return { signal, contribution: 0, before: null, after, text };
}

function inTitle(feed: Feed): string {
  return feed.charAt(0).toUpperCase() + feed.slice(1);
}
