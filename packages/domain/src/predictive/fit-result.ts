/** The three models of predicted value (N10). */
export type PredictiveModel = 'shifted-beta-geometric' | 'bg-nbd' | 'gamma-gamma';

/**
 * Why a model was not fitted:
 * `too-few-customers`, `too-few-repeaters`: fewer than {@link MIN_CUSTOMERS}, {@link MIN_REPEATERS};
 * `too-few-renewals`, `too-few-losses`, `too-few-kept`: fewer renewals decided, lost or kept than are asked for;
 * `one-renewal-only`: nobody came to a second renewal, so that nothing tells whether retention rises;
 * `no-mean`: spend is so uneven that its mean says nothing;
 * `not-converged`: the search for the parameters did not end.
 */
export type RefusedFit =
  | 'too-few-customers'
  | 'too-few-repeaters'
  | 'too-few-renewals'
  | 'too-few-losses'
  | 'too-few-kept'
  | 'one-renewal-only'
  | 'no-mean'
  | 'not-converged';

/** Least number of customers, and of those who came back, that purchases are fitted on. */
export const MIN_CUSTOMERS = 100;
export const MIN_REPEATERS = 30;

/** Parameters, or the reason why there are none. */
export type FitResult<Fit> =
  | { readonly kind: 'fitted'; readonly fit: Fit }
  | { readonly kind: 'refused'; readonly reason: RefusedFit };

/** Digits that a parameter is published with. */
const PARAMETER_DIGITS = 5;

/**
 * A parameter as it is published: five significant digits, as further ones are noise of the search. What is published
 * is also what is computed with.
 */
export function roundParameter(value: number): number {
  return Number(value.toPrecision(PARAMETER_DIGITS));
}

/** A log likelihood as it is published: two decimals, as in the papers. */
export function roundLogLikelihood(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Range of an unknown, both ends included. */
export type ParameterRange = readonly [least: number, most: number];

/** True when the logarithms of all unknowns lie in their ranges. */
export function isWithin(logarithms: readonly number[], ranges: readonly ParameterRange[]): boolean {
  return ranges.every(([least, most], index) => {
    const value = Math.exp(logarithms[index] ?? Number.NaN);
    return value >= least && value <= most;
  });
}
