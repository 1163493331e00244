/**
 * Why a part of a customer's predicted value is not known: the model for it was not fitted, or the amount would leave
 * the exact range.
 */
export interface RefusedPrediction {
  readonly refused: 'no-fit' | 'out-of-range';
}

/** True where a part could not be predicted. */
export function isRefused(part: object): part is RefusedPrediction {
  return 'refused' in part;
}
