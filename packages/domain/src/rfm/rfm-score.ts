import type { FeedStatus } from '@bellwether/events';
import type { Breakpoints, Edges } from '../quantiles/breakpoints.ts';
import { rankOf, rankOfFewer } from '../quantiles/rank-of.ts';
import type { RfmParts } from './rfm-parts.ts';
import { type Fifth, type RfmSegment, rfmSegmentOf } from './rfm-segment.ts';

/** From 4 excellent, from 3 good, from 2 fair, else poor (D6). */
export type RfmBand = 'excellent' | 'good' | 'fair' | 'poor' | 'not-scorable';

/** `no-breakpoints` the tenant has none yet, `few-customers` too few of its customers ever bought (D14). */
export type RfmLack = 'no-breakpoints' | 'few-customers';

/** The three scores, and what follows from them. */
export interface RfmScores {
  readonly recency: Fifth;
  readonly frequency: Fifth;
  readonly monetary: Fifth;
  /** Plain mean of the three, 100..500. */
  readonly compositeHundredths: number;
  readonly segment: RfmSegment;
}

/** RFM of a customer as it stands: also what is kept of the last publication. Plain JSON. */
export interface Rfm {
  readonly parts: RfmParts;
  /** Null: not scorable, for the reason `lack`. */
  readonly scores: RfmScores | null;
  readonly lack: RfmLack | null;
  /** Epoch day of the breakpoints that the scores were made with. */
  readonly breakpointsDay: number | null;
  /** The payment feed of the tenant has stopped: purchases may be missing (N2). */
  readonly isPaymentFeedStale: boolean;
}

/**
 * RFM from raw values and frozen breakpoints (S27, D6). Without breakpoints there are no scores, never guessed ones.
 * @param feed status of the tenant's payment feed
 */
export function rfmOf(parts: RfmParts, breakpoints: Breakpoints | null, feed: FeedStatus | undefined): Rfm {
  const scores = breakpoints === null ? null : rfmScoresOf(parts, breakpoints);
  const lack = breakpoints === null ? 'no-breakpoints' : 'few-customers';
  return {
    parts,
    scores,
    lack: scores === null ? lack : null,
    breakpointsDay: breakpoints?.day ?? null,
    isPaymentFeedStale: feed?.status === 'stale',
  };
}

/**
 * The three scores; null where the customer never bought or too few customers were counted. Recency is taken as of the
 * day of the breakpoints, as that of everyone it is compared with: it moves with a purchase or with new breakpoints,
 * not by waiting for them.
 */
export function rfmScoresOf(parts: RfmParts, breakpoints: Breakpoints): RfmScores | null {
  if (parts.lastPurchaseDay === null) return null;
  const recency = recencyScoreOf(parts.lastPurchaseDay, breakpoints);
  const frequency = scoreOf(parts.frequency365, breakpoints.frequency365);
  const monetary = scoreOf(parts.monetary365Minor, breakpoints.monetary365Minor);
  if (recency === null || frequency === null || monetary === null) return null;
  return {
    recency,
    frequency,
    monetary,
    compositeHundredths: Math.round((100 * (recency + frequency + monetary)) / 3),
    segment: rfmSegmentOf(recency, frequency, monetary),
  };
}

/** The recency score alone, 5 for the fifth of the customers that bought last. */
export function recencyScoreOf(lastPurchaseDay: number, { day, recencyDays }: Breakpoints): Fifth | null {
  return toScore(rankOfFewer(recencyDays, day - lastPurchaseDay));
}

/** The fifth of a measure of which more is better; null where too few customers were counted. */
export function scoreOf(value: number, edges: Edges): Fifth | null {
  return toScore(rankOf(edges, value));
}

function toScore(rank: number | null): Fifth | null {
  return rank === null ? null : ((rank + 1) as Fifth);
}

/** The band of a composite in hundredths (D6). */
export function rfmBandOf(compositeHundredths: number | null): RfmBand {
  if (compositeHundredths === null) return 'not-scorable';
  if (compositeHundredths >= 400) return 'excellent';
  if (compositeHundredths >= 300) return 'good';
  return compositeHundredths >= 200 ? 'fair' : 'poor';
}
