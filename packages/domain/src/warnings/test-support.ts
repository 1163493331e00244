import type { CustomerEvent } from '@bellwether/events';
import { reviewsOf } from '../relationship/qbr-of.ts';
import { evolveRelationship, initialRelationship } from '../relationship/relationship-state.ts';
import { allFeeds, customerAfter, TODAY } from '../signals/test-support.ts';
import type { ReviewList } from './reviews.ts';
import type { WarningInput } from './sign.ts';

/** For tests only: what the detectors see of a customer after some events. */

export const WORTH = { valueMinor: 500_00, currency: 'USD' };

/** Scheduled reviews after these events; all others leave no trace. */
export function reviewsAfter(events: readonly CustomerEvent[]): ReviewList {
  let state = initialRelationship();
  for (const event of events) {
    const next = evolveRelationship(state, event, TODAY);
    if (!next.ok) throw new Error('one engagement too many');
    state = next.state;
  }
  return reviewsOf(state.engagements);
}

/** Taken on TODAY, looked at then or on another day; all feeds fresh, no strategic account, unless told otherwise. */
export function inputAfter(
  events: readonly CustomerEvent[],
  given: Partial<WarningInput> = {},
): WarningInput {
  return {
    signals: customerAfter(events),
    reviews: reviewsAfter(events),
    isStrategic: false,
    sinceDay: null,
    feeds: allFeeds('fresh'),
    today: TODAY,
    nearRenewal: () => null,
    firstYear: null,
    ...given,
  };
}
