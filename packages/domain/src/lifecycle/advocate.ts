import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import { PROMOTER_DAYS, PROMOTER_FROM_HUNDREDTHS } from '../signals/promoter.ts';
import type { SignalState } from '../signals/state.ts';

const HEALTHY_FROM_HUNDREDTHS = 8_000;

/** Health as far as advocacy depends on it. */
export interface HealthNow {
  /** 0..10000; null: not scorable. */
  readonly valueHundredths: number | null;
  readonly missing: readonly MissingSignal[];
}

/** When it is judged, with what is known of the feeds and of before. */
export interface AdvocateMoment {
  readonly today: number;
  readonly feeds: FeedStatuses;
  readonly wasAdvocate: boolean;
}

/**
 * Whether a customer speaks for the vendor (S70, S89, S103): health of 80 or more, and a promoter by its last NPS
 * answer of at most 365 days ago. While a feed of either is silent it is as it was: silence neither makes nor unmakes
 * an advocate (N2).
 */
export function isAdvocate(
  { nps }: SignalState,
  health: HealthNow,
  { today, feeds, wasAdvocate }: AdvocateMoment,
): boolean {
  if (health.missing.some(({ why }) => why === 'feed-stale')) return wasAdvocate;
  if (feeds.feedback?.status === 'stale') return wasAdvocate;
  const isPromoter =
    nps.last !== null && nps.last.value >= PROMOTER_FROM_HUNDREDTHS && today - nps.last.day <= PROMOTER_DAYS;
  return isPromoter && (health.valueHundredths ?? 0) >= HEALTHY_FROM_HUNDREDTHS;
}
