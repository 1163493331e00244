import { RENEWAL_CHECKPOINTS } from '../renewals/renewal-days.ts';
import type { ChurnSignal } from './churn-features.ts';
import type { ChurnContract } from './churn-input.ts';
import { clampProbability, logOddsOf, ONE } from './logistic.ts';

/** The days ahead that a churn probability is about. */
export const CHURN_HORIZON_DAYS = 365;

/** Of those who would leave, so many end an agreement before its time: a share in basis points. */
export const EARLY_END_BASIS_POINTS = 1_000;

/** The probability once a termination is told for everything: some are won back. */
export const TOLD_END_BASIS_POINTS = 9_500;

/** What the tenant's own renewals say of agreements like these (sBG, N10). */
export interface ContractualRetention {
  /**
   * Share of the agreements of this age that are still there when the decisions of the next 365 days have been taken,
   * basis points: for a yearly agreement in its t-th year, r_t; for shorter ones the product over the year's renewals.
   */
  readonly retentionBasisPoints: number;
}

/** How near a decision is, in sixths: 0 beyond 180 days, one more at each checkpoint, 6 within 7 days (D3, N18). */
const NEAREST = RENEWAL_CHECKPOINTS.length;

/** What the agreements make of a model's probability. */
export interface ChurnTerms {
  /** How much the tenant's own retention stands in for the model's base and the tenure, 0..6 sixths. */
  readonly nearness: number;
  /** What that adds to the log-odds, basis points. */
  readonly retentionLogOdds: number;
  /** No agreement of the customer ends within the horizon unless somebody terminates it. */
  readonly isBound: boolean;
  readonly isTerminationTold: boolean;
}

/** Reads the terms of a customer; all of them are neutral where there is no agreement. */
export function churnTermsOf(
  contract: ChurnContract | null,
  {
    today,
    contractual,
    baseLogOdds,
  }: {
    readonly today: number;
    readonly contractual: ContractualRetention | null;
    readonly baseLogOdds: number;
  },
): ChurnTerms {
  const nearness = contractual === null ? 0 : nearnessOf(contract?.decisionDay ?? null, today);
  const anchor = contractual === null ? 0 : logOddsOf(ONE - contractual.retentionBasisPoints);
  return {
    nearness,
    retentionLogOdds: Math.round((nearness * (anchor - baseLogOdds)) / NEAREST) + 0,
    isBound: contract !== null && isBoundBeyond(contract, today),
    isTerminationTold: contract?.isTerminationTold ?? false,
  };
}

/** Whether some agreement stands for the whole horizon unless somebody terminates it. */
export function isBoundBeyond({ boundUntilDay }: ChurnContract, today: number): boolean {
  return boundUntilDay !== null && boundUntilDay >= today + CHURN_HORIZON_DAYS;
}

function nearnessOf(decisionDay: number | null, today: number): number {
  if (decisionDay === null) return 0;
  return RENEWAL_CHECKPOINTS.filter((checkpoint) => decisionDay - today <= checkpoint).length;
}

/**
 * What a signal's log-odds count under the terms. The tenure gives way to the tenant's own retention as that takes
 * over: it is the retention of agreements of the same age.
 */
export function shareOfSignal(signal: ChurnSignal, logOdds: number, { nearness }: ChurnTerms): number {
  return signal === 'tenure' ? Math.round((logOdds * (NEAREST - nearness)) / NEAREST) + 0 : logOdds;
}

/**
 * The probability that the terms leave of a model's own, both 1..9999 basis points. Who is bound beyond the horizon can
 * end only early; else a told termination is all but certain. A greater probability never comes out as a smaller one.
 */
export function underTerms(
  probability: number,
  { isBound, isTerminationTold }: Pick<ChurnTerms, 'isBound' | 'isTerminationTold'>,
): number {
  if (isBound) return clampProbability(Math.round((probability * EARLY_END_BASIS_POINTS) / ONE));
  return isTerminationTold ? Math.max(probability, TOLD_END_BASIS_POINTS) : probability;
}
