import type { Breakpoints } from '../quantiles/breakpoints.ts';
import type { RfmParts } from './rfm-parts.ts';
import { recencyScoreOf, scoreOf } from './rfm-score.ts';

interface Limits {
  readonly recencyAtMost: number;
  readonly pastAtLeast: number;
}
/**
 * Who becomes a candidate; whoever is one stays it a score longer, so that the day's new breakpoints make no flicker.
 */
const ENTER: Limits = { recencyAtMost: 2, pastAtLeast: 4 };
const STAY: Limits = { recencyAtMost: 3, pastAtLeast: 3 };

/** Whether it is worth to win a customer back (S86), and the scores that say so; null where they cannot be made. */
export interface WinBack {
  readonly isCandidate: boolean;
  readonly recency: number | null;
  /** Fifth by days with a purchase, ever. */
  readonly pastFrequency: number | null;
  /** Fifth by all that was ever paid. */
  readonly pastMonetary: number | null;
}

/**
 * Win-back candidates (S86): those who bought often and much over their whole lifetime (frequency and monetary score
 * of all time from 4) and have not bought for long (recency score at most 2). The scores of the last 365 days would
 * not do: they forget a good customer just when it has gone. Where it cannot be told, or while the payment feed is
 * silent, it is as it was.
 * @param held whether the customer was a candidate when it was decided last
 */
export function winBackOf(
  parts: RfmParts,
  breakpoints: Breakpoints | null,
  { held, isPaymentFeedStale }: { readonly held: boolean; readonly isPaymentFeedStale: boolean },
): WinBack {
  const { lastPurchaseDay, transactions, paidMinor } = parts;
  if (breakpoints === null || lastPurchaseDay === null)
    return { isCandidate: held, recency: null, pastFrequency: null, pastMonetary: null };
  const recency = recencyScoreOf(lastPurchaseDay, breakpoints);
  const pastFrequency = scoreOf(transactions, breakpoints.transactions);
  const pastMonetary = scoreOf(paidMinor, breakpoints.paidMinor);
  const scores = { recency, pastFrequency, pastMonetary };
  if (recency === null || pastFrequency === null || pastMonetary === null || isPaymentFeedStale)
    return { isCandidate: held, ...scores };
  const { recencyAtMost, pastAtLeast } = held ? STAY : ENTER;
  const isGone = recency <= recencyAtMost;
  return { isCandidate: isGone && Math.min(pastFrequency, pastMonetary) >= pastAtLeast, ...scores };
}
