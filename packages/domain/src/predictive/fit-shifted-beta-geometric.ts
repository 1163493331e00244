import {
  type FitResult,
  isWithin,
  type ParameterRange,
  type RefusedFit,
  roundLogLikelihood,
  roundParameter,
} from './fit-result.ts';
import { minimise } from './minimise.ts';
import { type RenewalCounts, type RenewalDecisions, renewalDecisionsOf } from './renewal-counts.ts';
import { retentionRate, type ShiftedBetaGeometric } from './shifted-beta-geometric.ts';

/** Parameters as they are published, with what they were fitted on. */
export interface ShiftedBetaGeometricFit extends ShiftedBetaGeometric {
  /** Renewals that were decided, and those of them that were lost. */
  readonly decisions: number;
  readonly losses: number;
  readonly logLikelihood: number;
}

/** Least numbers of renewals decided, lost and kept. */
export const MIN_RENEWAL_DECISIONS = 30;
export const MIN_RENEWALS_LOST = 5;
export const MIN_RENEWALS_KEPT = 5;

/**
 * Where agreements hardly differ, the likelihood rises for ever with both parameters; they stop here, where retention
 * is level for all that can be told.
 */
const RANGES: readonly ParameterRange[] = [
  [1e-3, 1e3],
  [1e-3, 1e3],
];
/** Start of the search, as logarithms: alpha = beta = 1, all chances equally likely. */
const START = [0, 0] as const;

/** Parameters of greatest likelihood for the counts (S29, N10), or the reason why there are none. */
export function fitShiftedBetaGeometric(counts: RenewalCounts): FitResult<ShiftedBetaGeometricFit> {
  const decisions = renewalDecisionsOf(counts);
  const losses = decisions.reduce((sum, { lost }) => sum + lost, 0);
  const kept = decisions.reduce((sum, decision) => sum + decision.kept, 0);
  const reason = refusalOf({ losses, kept, renewals: decisions.length });
  if (reason !== null) return { kind: 'refused', reason };
  const { point, isConverged } = minimise((logarithms) => {
    if (!isWithin(logarithms, RANGES)) return Number.POSITIVE_INFINITY;
    return -logLikelihoodOf(decisions, modelAt(logarithms));
  }, START);
  if (!isConverged) return { kind: 'refused', reason: 'not-converged' };
  const { alpha, beta } = modelAt(point);
  const model = { alpha: roundParameter(alpha), beta: roundParameter(beta) };
  const logLikelihood = roundLogLikelihood(logLikelihoodOf(decisions, model));
  return { kind: 'fitted', fit: { ...model, decisions: losses + kept, losses, logLikelihood } };
}

interface Amounts {
  readonly losses: number;
  readonly kept: number;
  /** Different renewal numbers at which something was decided. */
  readonly renewals: number;
}

function refusalOf({ losses, kept, renewals }: Amounts): RefusedFit | null {
  if (losses + kept < MIN_RENEWAL_DECISIONS) return 'too-few-renewals';
  if (losses < MIN_RENEWALS_LOST) return 'too-few-losses';
  if (kept < MIN_RENEWALS_KEPT) return 'too-few-kept';
  return renewals < 2 ? 'one-renewal-only' : null;
}

function modelAt(logarithms: readonly number[]): ShiftedBetaGeometric {
  return { alpha: Math.exp(logarithms[0] ?? 0), beta: Math.exp(logarithms[1] ?? 0) };
}

/** Every life is a chain of decisions, so that its chance is a product of retention rates. */
function logLikelihoodOf(decisions: readonly RenewalDecisions[], model: ShiftedBetaGeometric): number {
  let sum = 0;
  for (const { renewal, kept, lost } of decisions) {
    const lossRate = model.alpha / (model.alpha + model.beta + renewal - 1);
    sum += kept * Math.log(retentionRate(model, renewal)) + lost * Math.log(lossRate);
  }
  return sum;
}
