import type { CustomerEvent } from '@bellwether/events';
import { acceptedEvents, latest, ofTypes } from './common.ts';
import { recomputeEngagements } from './touches.ts';

/** Where a customer is with its quarterly business reviews (S20, S101); epoch days. */
export interface OracleReviews {
  readonly heldDay: number | null;
  readonly dueDay: number | null;
  readonly basis: 'scheduled' | 'quarterly' | null;
  /** The last one was missed on this day and none was held since. */
  readonly missedDay: number | null;
  /** One was ever held, missed or scheduled. */
  readonly isKnown: boolean;
}

/** The latest scheduled day stands until it is held or missed; after that a strategic account is due a quarter on. */
export function recomputeReviews(
  events: readonly CustomerEvent[],
  { isStrategic, sinceDay }: { readonly isStrategic: boolean; readonly sinceDay: number },
): OracleReviews {
  const accepted = acceptedEvents(events);
  const heldDay = latest(ofTypes(accepted, 'engagement.qbr-held').map(({ day }) => day));
  const missed = latest(ofTypes(accepted, 'engagement.qbr-missed').map(({ day }) => day));
  const scheduled = latest(recomputeEngagements(accepted).flatMap(({ scheduledDay }) => scheduledDay ?? []));
  const missedDay = missed !== null && (heldDay === null || missed > heldDay) ? missed : null;
  const isSettled =
    scheduled === null ||
    (heldDay !== null && heldDay >= scheduled - 14) ||
    (missed !== null && missed >= scheduled - 1);
  const about = { heldDay, missedDay, isKnown: heldDay !== null || missed !== null || scheduled !== null };
  if (!isSettled) return { ...about, dueDay: scheduled, basis: 'scheduled' };
  if (!isStrategic) return { ...about, dueDay: null, basis: null };
  return { ...about, dueDay: (heldDay ?? sinceDay) + 91, basis: 'quarterly' };
}
