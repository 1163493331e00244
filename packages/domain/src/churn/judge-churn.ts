import { formatDay } from '@bellwether/events';
import { type Calibration, calibrationOf, type Forecast } from './calibration.ts';
import { CHURN_DEFAULT, type ChurnModel, modelProbabilityOf } from './churn-model.ts';
import {
  CHURN_WARNINGS,
  type ChurnWarning,
  hadAgreement,
  type JudgedObservation,
  outcomeOf,
} from './churn-record.ts';
import { type ChurnBacktest, type ChurnFit, fitChurn, type OutcomeCounts } from './fit-churn.ts';
import { type LeadTime, leadTimeOf } from './lead-time.ts';

/** What came of the last fit; the model of an accepted one is the model in use. */
export interface FitReport {
  readonly kind: ChurnFit['kind'];
  /** Null: accepted. */
  readonly reason: 'too-few-outcomes' | 'not-better' | null;
  readonly train: OutcomeCounts;
  readonly test: OutcomeCounts;
  /** Null: too few outcomes for one. */
  readonly backtest: ChurnBacktest | null;
}

/** What the outcomes of a tenant's customers say of the churn model (N11). Plain JSON, frozen until the next census. */
export interface ChurnFindings {
  /** Epoch day whose outcomes these are. */
  readonly judgedDay: number;
  /** The tenant's own model as last accepted; null: the default one is in use. */
  readonly model: ChurnModel | null;
  /** Last day of the outcomes that `model` was fitted to; null: it was not. */
  readonly trainedUntilDay: number | null;
  readonly fit: FitReport;
  /** What was told, by whichever model was in use then and with what agreements make of it, against what came. */
  readonly told: Calibration | null;
  /** The model in use on the outcomes that it was not fitted to; null: there are none. */
  readonly inUse: Calibration | null;
  readonly leadTimes: { readonly [W in ChurnWarning]: LeadTime };
}

/** The model to tell probabilities by, as the last census left it. */
export function churnModelIn(findings: ChurnFindings | undefined): ChurnModel {
  return findings?.model ?? CHURN_DEFAULT;
}

/**
 * Judges the churn model by all outcomes of a tenant, in any order, and fits it to them anew; what is accepted is in
 * use from this census on. Undefined where there is no outcome and never was one.
 *
 * @param day epoch day; the version of a model that is accepted on it
 */
export function judgeChurn(
  observations: readonly JudgedObservation[],
  day: number,
  previous: ChurnFindings | undefined,
): ChurnFindings | undefined {
  if (observations.length === 0) return previous;
  const outcomes = observations.map(outcomeOf);
  const fit = fitChurn(outcomes, { current: churnModelIn(previous), version: formatDay(day) });
  const model = fit.kind === 'accepted' ? fit.model : (previous?.model ?? null);
  const trainedUntilDay =
    fit.kind === 'accepted' ? fit.backtest.trainUntilDay : (previous?.trainedUntilDay ?? null);
  const inUse = model ?? CHURN_DEFAULT;
  const unseen = outcomes.filter((outcome) => trainedUntilDay === null || outcome.day > trainedUntilDay);
  return {
    judgedDay: day,
    model,
    trainedUntilDay,
    fit: reportOf(fit),
    told: calibrationOf(observations.map(toldForecast)),
    inUse: calibrationOf(
      unseen.map(({ readings, ended }) => ({
        probabilityBasisPoints: modelProbabilityOf(inUse, readings),
        ended,
      })),
    ),
    leadTimes: leadTimesOf(observations.filter(hadAgreement)),
  };
}

function reportOf({ kind, train, test, backtest, ...fit }: ChurnFit): FitReport {
  return { kind, reason: 'reason' in fit ? fit.reason : null, train, test, backtest };
}

function toldForecast({ toldBasisPoints, endedDay }: JudgedObservation): Forecast {
  return { probabilityBasisPoints: toldBasisPoints, ended: endedDay !== null };
}

/** Of customers with agreements: of others the day on which they ended is not known. */
function leadTimesOf(observations: readonly JudgedObservation[]): ChurnFindings['leadTimes'] {
  const leadTimes = CHURN_WARNINGS.map((warning, index) => [
    warning,
    leadTimeOf(observations.map(({ warned, endedDay }) => ({ warnedDay: warned[index] ?? null, endedDay }))),
  ]);
  return Object.fromEntries(leadTimes) as ChurnFindings['leadTimes'];
}
