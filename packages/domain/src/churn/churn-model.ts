import { CHURN_FEATURES, type ChurnSignal, standardise } from './churn-features.ts';
import { logOddsOf, ONE, probabilityOf } from './logistic.ts';

/** How a model weighs one signal. */
export interface ChurnTerm {
  readonly signal: ChurnSignal;
  /**
   * Log-odds that a reading adds for each unit of the common scale, in basis points, 0 or more: so that no worse
   * reading ever lowers a probability. It is the signal's weight in the coverage too.
   */
  readonly coefficientBasisPoints: number;
  /**
   * The mean reading of the population on the common scale, in basis points: it adds nothing, as a missing one does.
   */
  readonly centreBasisPoints: number;
}

/** A transparent logistic model (D8): log-odds of ending = base + the sum of coefficient × (reading - centre). */
export interface ChurnModel {
  readonly id: string;
  readonly version: string;
  /** Log-odds of a customer who is usual in everything, in basis points. */
  readonly baseLogOddsBasisPoints: number;
  /** In the order in which they are told. */
  readonly terms: readonly ChurnTerm[];
}

/**
 * The model of a tenant whose own outcomes are not enough yet (S29, D8). A usual customer ends within a year with 20 %.
 * A coefficient of 10000 is a factor of e = 2.7 on the odds from a usual reading to the worst: health, which sums up
 * much, has about 4; each sign of its own about 2; what is slow or indirect about 1.6. Where there is no agreement the
 * customer's own rhythm of purchases takes the place of its renewals, with about 7.
 */
export const CHURN_DEFAULT: ChurnModel = {
  id: 'churn-default',
  version: '1.0.0',
  baseLogOddsBasisPoints: logOddsOf(2_000),
  terms: [
    { signal: 'health', coefficientBasisPoints: 14_000, centreBasisPoints: 0 },
    { signal: 'usage-trend', coefficientBasisPoints: 6_000, centreBasisPoints: 0 },
    { signal: 'last-activity', coefficientBasisPoints: 7_000, centreBasisPoints: 0 },
    { signal: 'service-trouble', coefficientBasisPoints: 7_000, centreBasisPoints: 0 },
    { signal: 'sponsor-left', coefficientBasisPoints: 7_000, centreBasisPoints: 0 },
    { signal: 'satisfaction', coefficientBasisPoints: 6_000, centreBasisPoints: 0 },
    { signal: 'tenure', coefficientBasisPoints: 5_000, centreBasisPoints: 0 },
    { signal: 'overdue-payments', coefficientBasisPoints: 6_000, centreBasisPoints: 0 },
    { signal: 'renews-by-itself', coefficientBasisPoints: 5_000, centreBasisPoints: 0 },
    { signal: 'active-agreements', coefficientBasisPoints: 4_000, centreBasisPoints: 0 },
    { signal: 'contraction', coefficientBasisPoints: 6_000, centreBasisPoints: 0 },
    { signal: 'purchase-rhythm', coefficientBasisPoints: 20_000, centreBasisPoints: 0 },
  ],
};

/** Least coverage for a probability, hundredths (S76): half of the weight that applies to the customer. */
export const MINIMUM_CHURN_COVERAGE_HUNDREDTHS = 5_000;

/** What a reading on the common scale adds to the log-odds, both in basis points. */
export function logOddsOfReading(
  { coefficientBasisPoints, centreBasisPoints }: ChurnTerm,
  standardisedBasisPoints: number,
): number {
  return Math.round((coefficientBasisPoints * (standardisedBasisPoints - centreBasisPoints)) / ONE) + 0;
}

/** Readings of a customer by signal, each in its own unit; what is not known is left out. */
export type ChurnReadings = { readonly [S in ChurnSignal]?: number };

/**
 * The model's own probability (1..9999 basis points) for readings, before what the agreements say: what a fit is judged
 * by.
 */
export function modelProbabilityOf(model: ChurnModel, readings: ChurnReadings): number {
  let logOdds = model.baseLogOddsBasisPoints;
  for (const term of model.terms) {
    const raw = readings[term.signal];
    if (raw !== undefined) logOdds += logOddsOfReading(term, standardise(CHURN_FEATURES[term.signal], raw));
  }
  return probabilityOf(logOdds);
}
