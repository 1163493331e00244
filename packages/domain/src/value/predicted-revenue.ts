import { roundedQuotient } from '@bellwether/events';
import { amountOf, type Opportunity } from '../opportunities/opportunities-state.ts';
import type { PaymentsState } from '../rfm/payments-state.ts';
import { publishable } from '../statistics/exact.ts';
import { paidBetween, VELOCITY_DAYS } from './velocity.ts';
import type { WinRates } from './win-rates.ts';

/**
 * `predicted_revenue_6m` as the seed has it (S67, D24): health / 100 x (all won + pipeline). Exact, to the nearest
 * minor unit; null where health is not known or the sum would not be exact.
 *
 * @param healthHundredths hundredths of a point of 100
 */
export function predictedRevenueV1(
  healthHundredths: number | null,
  { wonMinor, pipelineMinor }: { readonly wonMinor: number; readonly pipelineMinor: number },
): number | null {
  if (healthHundredths === null) return null;
  const sum = BigInt(wonMinor) + BigInt(pipelineMinor);
  return publishable(roundedQuotient(BigInt(healthHundredths) * sum, 10_000n));
}

/** What the second variant is predicted from. */
export interface PredictionInput {
  readonly payments: PaymentsState;
  readonly opportunities: readonly Opportunity[];
  readonly mrrMinor: number;
  /** Probability that the customer stays, basis points: 10000 less that of churn; null: not known. */
  readonly retentionBasisPoints: number | null;
  /** Of the tenant; null: nothing was ever decided there. */
  readonly winRates: WinRates | null;
  /** First day of the relation; null: not known. */
  readonly sinceDay: number | null;
  readonly today: number;
}

/** Revenue of the next six months, by where it comes from; minor units. */
export interface PredictedRevenue {
  readonly totalMinor: number;
  /** What comes if nothing changes, times the probability that the customer stays. */
  readonly keptMinor: number;
  /** Open opportunities times how often their kind is won; null: no rate is known, nothing was added. */
  readonly pipelineMinor: number | null;
}

/** The payments looked at reach back a year: a whole round of seasons and yearly invoices. */
const LOOK_BACK_DAYS = 365;
const MONTHS_AHEAD = 6n;

/**
 * The variant that is judged by backtest beside the seed's (S67, D24): the greater of six times MRR and half of what is
 * paid in a year, times retention; plus the open pipeline by the win rate of its kind. Renewals are not in the
 * pipeline part: what they keep is in the first. Null where retention is not known.
 */
export function predictedRevenueV2(input: PredictionInput): PredictedRevenue | null {
  const { mrrMinor, retentionBasisPoints, opportunities, winRates } = input;
  if (retentionBasisPoints === null) return null;
  const recurring = MONTHS_AHEAD * BigInt(mrrMinor);
  const paid = paidInHalfYear(input);
  const steady = recurring > paid ? recurring : paid;
  const keptMinor = publishable(roundedQuotient(steady * BigInt(retentionBasisPoints), 10_000n));
  const pipelineMinor = winRates === null ? null : weightedPipeline(opportunities, winRates);
  if (keptMinor === null) return null;
  return { totalMinor: keptMinor + (pipelineMinor ?? 0), keptMinor, pipelineMinor };
}

/** What is paid in half a year, from the payments of at most a year; nothing from fewer than 90 days. */
function paidInHalfYear({ payments, sinceDay, today }: PredictionInput): bigint {
  const days = sinceDay === null ? LOOK_BACK_DAYS : Math.min(LOOK_BACK_DAYS, today - sinceDay + 1);
  if (days < VELOCITY_DAYS) return 0n;
  const paid = paidBetween(payments, today - days + 1, Number.POSITIVE_INFINITY);
  return roundedQuotient(BigInt(paid) * BigInt(LOOK_BACK_DAYS), 2n * BigInt(days));
}

/** An open opportunity with an amount that brings something new: no renewal. */
export function isInPipeline({ kind, amount, outcome }: Opportunity): boolean {
  return outcome === null && amount !== null && kind?.value !== 'renewal';
}

function weightedPipeline(opportunities: readonly Opportunity[], winRates: WinRates): number {
  let weighted = 0n;
  for (const opportunity of opportunities) {
    if (!isInPipeline(opportunity)) continue;
    const { kind } = opportunity;
    const rate = kind === null ? winRates.overallBasisPoints : winRates.byKind[kind.value];
    weighted += BigInt(amountOf(opportunity)) * BigInt(rate);
  }
  return Number(roundedQuotient(weighted, 10_000n));
}
