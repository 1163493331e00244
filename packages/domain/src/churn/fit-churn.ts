import { calibrationOf, type Forecast } from './calibration.ts';
import { CHURN_FEATURES, CHURN_SIGNALS, type ChurnSignal, standardise } from './churn-features.ts';
import {
  CHURN_DEFAULT,
  type ChurnModel,
  type ChurnReadings,
  type ChurnTerm,
  modelProbabilityOf,
} from './churn-model.ts';
import { ONE } from './logistic.ts';
import { fitRidgeLogistic } from './ridge-logistic.ts';

/**
 * What was read of a customer on a day, and whether it ended within the 365 days after. Customers bound by agreement
 * beyond that time, or with a termination told, are no cases: their end was not open. Observations of one customer lie
 * at least 365 days apart, so that none is told twice.
 */
export interface ChurnOutcome {
  readonly day: number;
  readonly readings: ChurnReadings;
  readonly ended: boolean;
}

/** Outcomes of each kind that the older part must hold, and the newer part. */
export const LEAST_TRAIN_OUTCOMES = 60;
export const LEAST_TEST_OUTCOMES = 20;
/** Share of the outcomes, the oldest, that a model is fitted to. */
const TRAIN_SHARE = 0.7;
/** A coefficient is believed to lie within 0.5 of the default one, as a standard deviation: precision 1 / 0.5². */
const PRECISION = 4;

/** How many of each kind. */
export interface OutcomeCounts {
  readonly ended: number;
  readonly stayed: number;
}

/** How good a model's probabilities were on the newer part, in basis points; see `Calibration`. */
export interface ModelQuality {
  readonly brierBasisPoints: number;
  readonly logLossBasisPoints: number;
  readonly aucBasisPoints: number | null;
}

/** The trial of a fitted model against the one in use. */
export interface ChurnBacktest {
  /** Last day of the older part. */
  readonly trainUntilDay: number;
  readonly current: ModelQuality;
  readonly candidate: ModelQuality;
}

interface Tried {
  readonly train: OutcomeCounts;
  readonly test: OutcomeCounts;
}

/** A fitted model that may go live, or why none may. */
export type ChurnFit =
  | (Tried & { readonly kind: 'accepted'; readonly model: ChurnModel; readonly backtest: ChurnBacktest })
  | (Tried & { readonly kind: 'refused'; readonly reason: 'too-few-outcomes'; readonly backtest: null })
  | (Tried & { readonly kind: 'refused'; readonly reason: 'not-better'; readonly backtest: ChurnBacktest });

/**
 * Fits the churn model to a tenant's own outcomes (S29, D8, N11) and tries it before it may go live: it is fitted to
 * the older outcomes, near the default coefficients where those say little, and must beat the model in use on the
 * newer ones in Brier score and in log loss, by a basis point each. The model that was tried is the one that goes
 * live. The order of the outcomes is no matter.
 */
export function fitChurn(
  outcomes: readonly ChurnOutcome[],
  { current, version }: { readonly current: ChurnModel; readonly version: string },
): ChurnFit {
  const { older, newer, trainUntilDay } = split(outcomes);
  const tried = { train: countsOf(older), test: countsOf(newer) };
  if (least(tried.train) < LEAST_TRAIN_OUTCOMES || least(tried.test) < LEAST_TEST_OUTCOMES)
    return { ...tried, kind: 'refused', reason: 'too-few-outcomes', backtest: null };
  const model = fitModel(older, version);
  const backtest = {
    trainUntilDay,
    current: qualityOf(current, newer),
    candidate: qualityOf(model, newer),
  };
  const isBetter =
    backtest.candidate.brierBasisPoints < backtest.current.brierBasisPoints &&
    backtest.candidate.logLossBasisPoints < backtest.current.logLossBasisPoints;
  return isBetter
    ? { ...tried, kind: 'accepted', model, backtest }
    : { ...tried, kind: 'refused', reason: 'not-better', backtest };
}

/** Outcomes of one day stay together, in the older part. */
function split(outcomes: readonly ChurnOutcome[]) {
  const ordered = outcomes.toSorted(compare);
  const trainUntilDay = ordered[Math.ceil(TRAIN_SHARE * ordered.length) - 1]?.day ?? 0;
  return {
    older: ordered.filter(({ day }) => day <= trainUntilDay),
    newer: ordered.filter(({ day }) => day > trainUntilDay),
    trainUntilDay,
  };
}

/** An order in which only equal outcomes are interchangeable: sums must not depend on how the rows arrived. */
function compare(a: ChurnOutcome, b: ChurnOutcome): number {
  if (a.day !== b.day) return a.day - b.day;
  for (const signal of CHURN_SIGNALS) {
    const [one, other] = [a.readings[signal], b.readings[signal]];
    if (one === other) continue;
    if (one === undefined) return -1;
    return other === undefined ? 1 : one - other;
  }
  return Number(a.ended) - Number(b.ended);
}

function countsOf(outcomes: readonly ChurnOutcome[]): OutcomeCounts {
  const ended = outcomes.reduce((sum, outcome) => sum + Number(outcome.ended), 0);
  return { ended, stayed: outcomes.length - ended };
}

function least({ ended, stayed }: OutcomeCounts): number {
  return Math.min(ended, stayed);
}

function fitModel(outcomes: readonly ChurnOutcome[], version: string): ChurnModel {
  const centres = CHURN_DEFAULT.terms.map(({ signal }) => centreOf(signal, outcomes));
  const rows = outcomes.map(({ readings }) =>
    CHURN_DEFAULT.terms.map(({ signal }, index) => {
      const raw = readings[signal];
      return raw === undefined ? 0 : (standardise(CHURN_FEATURES[signal], raw) - (centres[index] ?? 0)) / ONE;
    }),
  );
  const { base, coefficients } = fitRidgeLogistic({
    rows,
    outcomes: outcomes.map(({ ended }) => ended),
    prior: CHURN_DEFAULT.terms.map(({ coefficientBasisPoints }) => coefficientBasisPoints / ONE),
    precision: PRECISION,
  });
  const terms = CHURN_DEFAULT.terms.map(
    ({ signal }, index): ChurnTerm => ({
      signal,
      coefficientBasisPoints: Math.round(ONE * (coefficients[index] ?? 0)),
      centreBasisPoints: centres[index] ?? 0,
    }),
  );
  return { id: 'churn-fitted', version, baseLogOddsBasisPoints: Math.round(ONE * base) + 0, terms };
}

/** The mean of those read; a signal that was never read keeps the middle of the scale. */
function centreOf(signal: ChurnSignal, outcomes: readonly ChurnOutcome[]): number {
  const feature = CHURN_FEATURES[signal];
  const readings = outcomes.flatMap(({ readings: { [signal]: raw } }) =>
    raw === undefined ? [] : [standardise(feature, raw)],
  );
  if (readings.length === 0) return 0;
  return Math.round(readings.reduce((sum, reading) => sum + reading, 0) / readings.length) + 0;
}

function qualityOf(model: ChurnModel, outcomes: readonly ChurnOutcome[]): ModelQuality {
  const forecasts = outcomes.map(
    ({ readings, ended }): Forecast => ({
      probabilityBasisPoints: modelProbabilityOf(model, readings),
      ended,
    }),
  );
  const {
    brierBasisPoints = 0,
    logLossBasisPoints = 0,
    aucBasisPoints = null,
  } = calibrationOf(forecasts) ?? {};
  return { brierBasisPoints, logLossBasisPoints, aucBasisPoints };
}
