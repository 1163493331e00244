import { formatDay, type SituationChange } from '@bellwether/events';
import { whyMissing } from '../health/reading.ts';
import { REVIEW_NOTICE_DAYS, type ReviewStanding, reviewStandingOf } from './review-days.ts';
import type { SignInput, Worth } from './sign.ts';

/** What the situation is about. */
export const QBR_DUE_CAUSE = 'quarterly-review';

/** The day of the review that was last told to be due; null: none stands. */
export type PublishedQbrDue = { readonly dueDay: number } | null;

/**
 * `review.qbr-due.raised` from 14 days before a strategic account is due a review that nobody has scheduled,
 * `review.qbr-due.settled` when it is scheduled or held, or the account is no strategic one any more (S20). Here a
 * customer of whom no review was ever told counts as one without: it is something to do, and no finding. While the
 * feed of engagements does not tell, what stands is kept.
 */
export function decideQbrDue(
  previous: PublishedQbrDue,
  input: SignInput,
  worth: Worth,
): { readonly published: PublishedQbrDue; readonly situations: readonly SituationChange[] } {
  const { feeds, today, isStrategic } = input;
  if (whyMissing(feeds.engagement, { wasEverSeen: true }) !== undefined)
    return { published: previous, situations: [] };
  const standing = reviewStandingOf(input);
  const { dueDay, basis } = standing;
  const isDue =
    isStrategic && basis === 'quarterly' && dueDay !== null && dueDay - REVIEW_NOTICE_DAYS <= today;
  if (isDue && previous?.dueDay === dueDay) return { published: previous, situations: [] };
  if (isDue) return { published: { dueDay }, situations: [due(dueDay, worth)] };
  if (previous === null) return { published: null, situations: [] };
  return { published: null, situations: [settled(standing, { ...worth, isStrategic, previous })] };
}

/** A later due day takes the place of the one before: the situation goes on. */
function due(dueDay: number, { valueMinor, currency }: Worth): SituationChange {
  const text = `A quarterly business review is due on ${formatDay(dueDay)} and not scheduled`;
  return {
    type: 'review.qbr-due.raised',
    cause: QBR_DUE_CAUSE,
    code: 'not-scheduled',
    text,
    valueMinor,
    currency,
    dueDay,
    daysBefore: REVIEW_NOTICE_DAYS,
    reasons: [{ signal: 'quarterly-review', contribution: 0, before: null, after: null, text }],
  };
}

interface Settling extends Worth {
  readonly isStrategic: boolean;
  readonly previous: { readonly dueDay: number };
}

function settled(
  standing: ReviewStanding,
  { isStrategic, previous, valueMinor, currency }: Settling,
): SituationChange {
  const { code, text } = endOf(standing, { isStrategic });
  return {
    type: 'review.qbr-due.settled',
    cause: QBR_DUE_CAUSE,
    code,
    text,
    valueMinor,
    currency,
    dueDay: previous.dueDay,
    reasons: [],
  };
}

function endOf(
  { basis, dueDay }: ReviewStanding,
  { isStrategic }: Pick<Settling, 'isStrategic'>,
): Pick<SituationChange, 'code' | 'text'> {
  const when = dueDay === null ? '' : formatDay(dueDay);
  if (basis === 'scheduled')
    return { code: 'scheduled', text: `A quarterly business review is scheduled for ${when}` };
  if (!isStrategic)
    return { code: 'not-strategic', text: 'Quarterly reviews are not due to this account any more' };
  if (dueDay === null) return { code: 'not-due', text: 'No quarterly business review is due' };
  return { code: 'not-due', text: `The next quarterly business review is due on ${when}` };
}
