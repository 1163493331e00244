import type { PurchaseRecord } from './purchase-history.ts';

/**
 * Parameters of the BG/NBD model (Fader, Hardie and Lee 2005, "Counting your customers the easy way"), all positive:
 * while alive a customer buys at a rate of its own (gamma distributed, shape `r`, rate `alpha` in weeks), and after
 * each purchase leaves for good with a chance of its own (beta distributed, `a` and `b`).
 */
export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

export const DAYS_A_WEEK = 7;

/** What the model needs to know of a customer's purchases. */
export type BuyingPattern = Pick<PurchaseRecord, 'frequency' | 'recencyDays' | 'ageDays'>;

/**
 * Chance (0..1) that the customer has not left yet. Never a churn score by itself: it is 1 for everybody who bought
 * only once, since the model lets nobody leave before a second purchase. On the CDNOW data it orders those who buy
 * again worse than chance (area under the curve .316).
 */
export function probabilityAlive({ r, alpha, a, b }: BgNbd, pattern: BuyingPattern): number {
  const { frequency, recencyDays, ageDays } = pattern;
  if (frequency === 0) return 1;
  const silence = Math.log((alpha + ageDays / DAYS_A_WEEK) / (alpha + recencyDays / DAYS_A_WEEK));
  return 1 / (1 + (a / (b + frequency - 1)) * Math.exp((r + frequency) * silence));
}

/** Below this the chances of still more purchases are left out, all of them together. */
const NEGLIGIBLE = 1e-13;
/** More purchases than any pattern with a purchase a day can make likely; ends the sum whatever it is given. */
const MOST_PURCHASES = 1_000_000;
/** Logarithms below this have no number as their exponential that keeps its digits. */
const LEAST_LOGARITHM = -690;

/**
 * Chances of at least 1, 2, 3 ... purchases in the coming days, given what is known of the customer.
 *
 * Someone alive makes an n-th purchase exactly if there would be n purchases without any leaving (negative binomial,
 * the rate being gamma with `r + x` and `alpha + T`) and none of the n - 1 before was the last (beta with `a` and
 * `b + x`). All terms are positive, so that nothing cancels; their sum is the hypergeometric expression of the paper
 * (its equation 10), without that one's trouble where `a` is near 1.
 */
export function purchaseChances(
  model: BgNbd,
  pattern: BuyingPattern,
  horizonDays: number,
): readonly number[] {
  const { a } = model;
  const b = model.b + pattern.frequency;
  const shape = model.r + pattern.frequency;
  const horizon = horizonDays / DAYS_A_WEEK;
  const rate = model.alpha + pattern.ageDays / DAYS_A_WEEK;
  const share = horizon / (rate + horizon);
  const chances: number[] = [];
  if (!(share > 0)) return chances;

  let logarithm = shape * Math.log1p(-share);
  let exactly = logarithm < LEAST_LOGARITHM ? 0 : Math.exp(logarithm);
  let atLeast = 1;
  let staying = probabilityAlive(model, pattern);
  for (let count = 0; count < MOST_PURCHASES; count++) {
    atLeast -= exactly;
    const growth = ((shape + count) / (count + 1)) * share;
    const slowest = Math.max(growth, share);
    const isPastMost = slowest < 1 && exactly > 0;
    if (atLeast <= 0 || (isPastMost && (exactly * slowest) / (1 - slowest) < NEGLIGIBLE)) break;
    chances.push(staying * atLeast);
    staying *= (b + count) / (a + b + count);
    if (exactly > 0) {
      exactly *= growth;
    } else {
      logarithm += Math.log(growth);
      if (logarithm >= LEAST_LOGARITHM) exactly = Math.exp(logarithm);
    }
  }
  return chances;
}

/** Expected number of purchases in the coming days, given what is known of the customer (E[Y(t) | x, t_x, T]). */
export function expectedPurchases(model: BgNbd, pattern: BuyingPattern, horizonDays: number): number {
  const chances = purchaseChances(model, pattern, horizonDays);
  // Smallest first, so that no small one is lost.
  return chances.reduceRight((sum, chance) => sum + chance, 0);
}
