import { formatDay } from '@bellwether/events';
import { whyMissing } from '../health/reading.ts';
import { MISSED_REVIEW_DAYS, REVIEW_TOLERANCE_DAYS, reviewStandingOf } from './review-days.ts';
import type { RiskFactor, Sign, SignInput } from './sign.ts';

/**
 * Missed reviews (S101, D15): the last quarterly business review was missed, or it is more than 14 days overdue. A
 * review held ends both, a review scheduled anew only the second. Not known of a customer with whom none was ever held,
 * missed or scheduled.
 */
export function findQuarterlyReview(input: SignInput): Sign {
  const { signals, reviews, feeds, today } = input;
  const { lastQbrHeldDay, lastQbrMissedDay } = signals.engagement;
  const wasEverSeen = reviews.length > 0 || lastQbrHeldDay !== null || lastQbrMissedDay !== null;
  const why = whyMissing(feeds.engagement, { wasEverSeen });
  if (why !== undefined) return { state: 'unknown', why };
  const { dueDay, missedDay } = reviewStandingOf(input);
  if (missedDay !== null && today - missedDay < MISSED_REVIEW_DAYS) {
    const text = `The quarterly review of ${formatDay(missedDay)} was missed`;
    return { state: 'present', factor: factorOf('review-missed', { text, day: missedDay }) };
  }
  if (dueDay !== null && today - dueDay > REVIEW_TOLERANCE_DAYS) {
    const text = `A quarterly review was due on ${formatDay(dueDay)} and was not held`;
    return { state: 'present', factor: factorOf('review-overdue', { text, day: dueDay }) };
  }
  return {
    state: 'absent',
    code: 'review-settled',
    text: 'No quarterly review is missed or overdue any more',
  };
}

function factorOf(code: string, { text, day }: { readonly text: string; readonly day: number }): RiskFactor {
  return {
    detector: 'quarterly-review',
    code,
    text,
    evidence: [{ about: 'review', id: null, day }],
    before: null,
    after: null,
  };
}
