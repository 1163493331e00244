import { roundedQuotient } from '@bellwether/events';
import { publishable } from '../statistics/exact.ts';

/** What was predicted for a customer, and what came. */
export interface Prediction {
  /** Null: nothing could be predicted. */
  readonly predictedMinor: number | null;
  readonly actualMinor: number;
}

/** How far predictions were off, over the customers that have one; minor units, null without a customer. */
export interface Backtest {
  readonly customers: number;
  /** Customers for whom nothing could be predicted. */
  readonly skipped: number;
  readonly meanActualMinor: number | null;
  /** Mean of |predicted - actual|. */
  readonly maeMinor: number | null;
  /** Mean of predicted - actual: above 0, too much was predicted. */
  readonly biasMinor: number | null;
}

/** Judges a way to predict by what came (D24). To compare two ways, give both the customers that both can predict. */
export function backtest(predictions: readonly Prediction[]): Backtest {
  let customers = 0;
  let actual = 0n;
  let bias = 0n;
  let distance = 0n;
  for (const { predictedMinor, actualMinor } of predictions) {
    if (predictedMinor === null) continue;
    const error = BigInt(predictedMinor) - BigInt(actualMinor);
    customers += 1;
    actual += BigInt(actualMinor);
    bias += error;
    distance += error < 0n ? -error : error;
  }
  const meanOf = (sum: bigint) =>
    customers === 0 ? null : publishable(roundedQuotient(sum, BigInt(customers)));
  return {
    customers,
    skipped: predictions.length - customers,
    meanActualMinor: meanOf(actual),
    maeMinor: meanOf(distance),
    biasMinor: meanOf(bias),
  };
}
