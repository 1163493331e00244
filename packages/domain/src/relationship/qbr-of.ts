import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import type { SignalState } from '../signals/state.ts';
import { reviewStandingOf } from '../warnings/review-days.ts';
import type { ReviewList } from '../warnings/reviews.ts';
import type { EngagementList } from './engagement-list.ts';

/** Where a customer is with its business reviews (S20, S36, S101); days are epoch days. */
export interface Qbr {
  /** The last one held, at any age; null: none is known. */
  readonly lastHeldDay: number | null;
  /** The day of the next one, past or to come; null: none is expected, or it cannot be told. */
  readonly dueDay: number | null;
  /** Whether somebody set that day, or it follows from the last review. */
  readonly basis: 'scheduled' | 'quarterly' | null;
  /** The last one was missed on this day, and none was held since. */
  readonly missedDay: number | null;
  /** Why it cannot be told when a strategic account is due one. */
  readonly why: MissingSignal['why'] | null;
}

/** What reviews are judged by. */
export interface QbrInput {
  readonly engagements: EngagementList;
  readonly signals: SignalState;
  readonly isStrategic: boolean;
  /** Where no review was ever held, the first is due a quarter after this day: the account's first. */
  readonly accountSinceDay: number;
  readonly feeds: FeedStatuses;
}

/**
 * Where a customer is with its reviews (S20), by the one rule that warnings go by. While the feed of engagements is
 * silent none is due: it may have been held.
 */
export function qbrOf({ engagements, signals, isStrategic, accountSinceDay, feeds }: QbrInput): Qbr {
  const reviews = reviewsOf(engagements);
  const standing = reviewStandingOf({ signals, reviews, isStrategic, sinceDay: accountSinceDay });
  const why = whyUnknown(feeds);
  return {
    lastHeldDay: signals.engagement.lastQbrHeldDay,
    dueDay: why === null ? standing.dueDay : null,
    basis: why === null ? standing.basis : null,
    missedDay: standing.missedDay,
    why: isStrategic ? why : null,
  };
}

function whyUnknown({ engagement }: FeedStatuses): MissingSignal['why'] | null {
  if (engagement === undefined) return 'feed-absent';
  return engagement.status === 'stale' ? 'feed-stale' : null;
}

/** The reviews among the engagements that were ever put into the calendar, sorted by id. */
export function reviewsOf({ engagements }: EngagementList): ReviewList {
  return engagements.flatMap(({ id, kind, scheduled }) => {
    if (kind !== 'qbr' || scheduled === undefined) return [];
    const [value, day, timeMs, sequence, eventId] = scheduled;
    return [{ id, scheduled: { value, day, timeMs, sequence, eventId } }];
  });
}
