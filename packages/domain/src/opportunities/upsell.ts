import type { FeedStatus } from '@bellwether/events';
import { nextStandingDay, type Standing } from '../agreements/agreement-status.ts';
import type { ActivityState } from '../signals/state.ts';
import { basisPointsOf } from '../statistics/exact.ts';
import { nextTurn } from './next-turn.ts';
import type { OpportunityList } from './opportunities-state.ts';

/** What speaks for more: nearly all seats are in use, or many features are. */
export type UpsellCode = 'high-seat-use' | 'high-adoption';
/** Why an upsell is no longer to be looked for. */
export type UpsellEnd = 'opportunity-open' | 'no-agreement' | 'health-fell' | 'use-fell';

/** What an upsell situation is about. */
export const UPSELL_CAUSE = 'upsell';

/** What upsell candidates are told by (S16). */
export interface UpsellInput {
  readonly standings: readonly Standing[];
  readonly opportunities: OpportunityList;
  /** Null: not scorable, or a feed that it uses is silent. */
  readonly healthHundredths: number | null;
  /** Active users of the licensed seats; may pass 10000. Null: not known. */
  readonly seatUseBasisPoints: number | null;
  /** Distinct features used in the last 30 days. Null: not known. */
  readonly featuresUsed: number | null;
  readonly today: number;
}

interface Threshold {
  readonly enter: number;
  /** Left only below this, so that a value at the border does not flicker. */
  readonly stay: number;
}
/** Healthy (S70, S94). */
const HEALTH: Threshold = { enter: 8_000, stay: 7_500 };
const SEAT_USE: Threshold = { enter: 8_000, stay: 7_000 };
/** Where the curve of feature adoption reaches 85 points. */
const FEATURES: Threshold = { enter: 6, stay: 4 };
/** Days that an agreement has to run before more is asked for (S16). */
export const UPSELL_RUNNING_DAYS = 180;
export const ADOPTION_DAYS = 30;

/** Whether a customer is an upsell candidate; `unknown` neither raises nor withdraws anything. */
export type Upsell =
  | { readonly state: 'candidate'; readonly code: UpsellCode; readonly agreementId: string }
  | { readonly state: 'none'; readonly why: UpsellEnd }
  | { readonly state: 'unknown' };

/**
 * Upsell candidates from the present profile (S16, S70): healthy, an agreement other than an MSA has run for 180 days,
 * seats or features are used much, and no upsell is open yet. A candidate stays one until a reading is clearly lower.
 *
 * @param held whether it is a candidate as told last
 */
export function upsellOf(input: UpsellInput, held: { readonly isRaised: boolean }): Upsell {
  const { healthHundredths, opportunities } = input;
  const from = ({ enter, stay }: Threshold) => (held.isRaised ? stay : enter);
  const agreementId = longestRunning(input);
  if (agreementId === null) return { state: 'none', why: 'no-agreement' };
  const isOffered = opportunities.some(({ kind, outcome }) => outcome === null && kind?.value === 'upsell');
  if (isOffered) return { state: 'none', why: 'opportunity-open' };
  if (healthHundredths === null) return { state: 'unknown' };
  if (healthHundredths < from(HEALTH)) return { state: 'none', why: 'health-fell' };
  const { seatUseBasisPoints, featuresUsed } = input;
  if (seatUseBasisPoints === null && featuresUsed === null) return { state: 'unknown' };
  if ((seatUseBasisPoints ?? 0) >= from(SEAT_USE))
    return { state: 'candidate', code: 'high-seat-use', agreementId };
  if ((featuresUsed ?? 0) >= from(FEATURES))
    return { state: 'candidate', code: 'high-adoption', agreementId };
  return { state: 'none', why: 'use-fell' };
}

/** The active agreement that has run longest, if that is long enough; of equals the first by id. */
function longestRunning({ standings, today }: UpsellInput): string | null {
  let longest: { readonly id: string; readonly day: number } | null = null;
  for (const standing of standings) {
    const day = runningSince(standing);
    if (day === null || day > today - UPSELL_RUNNING_DAYS) continue;
    if (longest === null || day < longest.day) longest = { id: standing.agreement.agreementId, day };
  }
  return longest?.id ?? null;
}

function runningSince({ agreement: { terms }, status }: Standing): number | null {
  if (status !== 'active' || terms.agreementType === 'MSA') return null;
  return terms.startDay ?? terms.signedDay;
}

/** Distinct features used in the last 30 days; null where the feed has stopped or never told of the customer. */
export function featuresUsedOf(
  { features }: ActivityState,
  { today, feed }: { readonly today: number; readonly feed: FeedStatus | undefined },
): number | null {
  if (feed?.status !== 'fresh' || features.length === 0) return null;
  return features.filter(([, lastDay]) => lastDay > today - ADOPTION_DAYS).length;
}

/**
 * Active users of the licensed seats in basis points, as reported within the last 30 days; null where that is not
 * known, or the feed has stopped.
 */
export function seatUseOf(
  { seats }: ActivityState,
  { today, feed }: { readonly today: number; readonly feed: FeedStatus | undefined },
): number | null {
  const { activeUsers = null, licensedSeats = null } = seats ?? {};
  if (feed?.status !== 'fresh' || activeUsers === null || licensedSeats === null) return null;
  if (activeUsers.day <= today - ADOPTION_DAYS) return null;
  return basisPointsOf(BigInt(activeUsers.value), BigInt(licensedSeats.value));
}

/** First day after today on which the candidate may be another with no new event and as healthy; null: never. */
export function nextUpsellDay(
  { standings, today }: Pick<UpsellInput, 'standings' | 'today'>,
  { features, seats }: ActivityState,
): number | null {
  const reported = seats?.activeUsers?.day;
  const agreements = standings.flatMap(({ agreement: { terms } }) => {
    const startDay = terms.startDay ?? terms.signedDay;
    const starts = startDay === null ? [] : [startDay, startDay + UPSELL_RUNNING_DAYS];
    return [nextStandingDay(terms, today), ...starts];
  });
  const used = [...features.map(([, lastDay]) => lastDay), ...(reported === undefined ? [] : [reported])];
  return nextTurn([...agreements, ...used.map((day) => day + ADOPTION_DAYS)], today);
}
