import { nextTurn } from '../opportunities/next-turn.ts';
import { latestScheduledDay } from './reviews.ts';
import type { SignInput } from './sign.ts';

/** Days from one quarterly business review to the next. */
export const QUARTER_DAYS = 91;
/** Days after which a review that is due is overdue (D15); one held so many days before its day is that review, too. */
export const REVIEW_TOLERANCE_DAYS = 14;
/** Days before it is due at which a review that nobody has scheduled is told (S20). */
export const REVIEW_NOTICE_DAYS = 14;
/** A missed review is a sign for two quarters at most; a review held ends it before. */
export const MISSED_REVIEW_DAYS = 182;

/** Where a customer stands with its quarterly business reviews; epoch days. */
export interface ReviewStanding {
  /** The day the next review is due on, past or to come; null: none is expected. */
  readonly dueDay: number | null;
  /** `scheduled`: somebody set the day; `quarterly`: a quarter after the last one, or after the relation began. */
  readonly basis: 'scheduled' | 'quarterly' | null;
  /** The last review was missed, and none was held since. */
  readonly missedDay: number | null;
}

/**
 * When the next review is due (S20): on the day it is scheduled for or, at a strategic account, a quarter after the
 * last one was held. What was scheduled is settled by a review held from 14 days before that day on, or missed on it.
 */
export function reviewStandingOf({ signals, reviews, isStrategic, sinceDay }: ReviewInput): ReviewStanding {
  const { lastQbrHeldDay: heldDay, lastQbrMissedDay } = signals.engagement;
  const missedDay = isReached(lastQbrMissedDay, (heldDay ?? Number.NEGATIVE_INFINITY) + 1)
    ? lastQbrMissedDay
    : null;
  const scheduledDay = latestScheduledDay(reviews);
  const isOpen =
    scheduledDay !== null &&
    !isReached(heldDay, scheduledDay - REVIEW_TOLERANCE_DAYS) &&
    // Dates of two systems may differ by one for one and the same meeting.
    !isReached(lastQbrMissedDay, scheduledDay - 1);
  if (isOpen) return { dueDay: scheduledDay, basis: 'scheduled', missedDay };
  const fromDay = heldDay ?? sinceDay;
  if (!isStrategic || fromDay === null) return { dueDay: null, basis: null, missedDay };
  return { dueDay: fromDay + QUARTER_DAYS, basis: 'quarterly', missedDay };
}

function isReached(day: number | null, from: number): boolean {
  return day !== null && day >= from;
}

/** What reviews are read from. */
export type ReviewInput = Pick<SignInput, 'signals' | 'reviews' | 'isStrategic' | 'sinceDay'>;

/** First day after today on which a review is due to be told, overdue, or missed long ago; null: never. */
export function nextReviewDayOf(input: ReviewInput & { readonly today: number }): number | null {
  const { dueDay, missedDay } = reviewStandingOf(input);
  const missed = missedDay === null ? [] : [missedDay + MISSED_REVIEW_DAYS];
  const due = dueDay === null ? [] : [dueDay - REVIEW_NOTICE_DAYS, dueDay + REVIEW_TOLERANCE_DAYS + 1];
  return nextTurn([...missed, ...due], input.today);
}
