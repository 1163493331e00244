import type { PredictiveFit } from './fit-predictive.ts';
import {
  type PredictedRenewals,
  predictedRenewalsOf,
  type RenewableAgreement,
} from './predicted-renewals.ts';
import { type PredictedSpend, predictedSpendOf } from './predicted-spend.ts';
import { isRefused, type RefusedPrediction } from './prediction.ts';
import { type PurchaseHistory, purchaseRecordOf } from './purchase-history.ts';

/** Days that are looked ahead where nothing else is asked for. */
export const PREDICTED_DAYS = 365;

/** What a customer is expected to bring in the coming days (N10); money in minor units. */
export interface PredictedValue {
  readonly horizonDays: number;
  /** Spend outside agreements; null for a customer who never bought so. */
  readonly spend: PredictedSpend | RefusedPrediction | null;
  /** Terms that begin by renewal; null for a customer without an agreement that can be renewed. */
  readonly renewals: PredictedRenewals | RefusedPrediction | null;
  /** Sum of both; null where there is neither, or one of them is not known: it is never taken for 0 (D20). */
  readonly valueMinor: number | null;
}

/** What a prediction is made from. */
export interface PredictionInput {
  /** As last fitted; null before the first fit. */
  readonly fit: PredictiveFit | null;
  readonly purchases: PurchaseHistory;
  /** Active agreements that can be renewed. */
  readonly agreements: readonly RenewableAgreement[];
  /** Epoch day. */
  readonly today: number;
  /** Default {@link PREDICTED_DAYS}. */
  readonly horizonDays?: number;
}

/** Expected value of a customer: BG/NBD and gamma-gamma for spend outside agreements, sBG for renewals. */
export function predictedValueOf(input: PredictionInput): PredictedValue {
  const { horizonDays = PREDICTED_DAYS } = input;
  const spend = spendOf(input, horizonDays);
  const renewals = renewalsOf(input, horizonDays);
  return { horizonDays, spend, renewals, valueMinor: sumOf([spend, renewals]) };
}

function spendOf({ fit, purchases, today }: PredictionInput, horizonDays: number): PredictedValue['spend'] {
  const record = purchaseRecordOf(purchases, today);
  if (record === null) return null;
  if (!fit?.bgNbd || !fit.gammaGamma) return { refused: 'no-fit' };
  return predictedSpendOf({ purchases: fit.bgNbd, spend: fit.gammaGamma }, record, horizonDays);
}

function renewalsOf(
  { fit, agreements, today }: PredictionInput,
  horizonDays: number,
): PredictedValue['renewals'] {
  if (agreements.length === 0) return null;
  if (!fit?.shiftedBetaGeometric) return { refused: 'no-fit' };
  return predictedRenewalsOf(fit.shiftedBetaGeometric, agreements, { today, horizonDays });
}

function sumOf(parts: readonly (PredictedValue['spend'] | PredictedValue['renewals'])[]): number | null {
  let sum: number | null = null;
  for (const part of parts) {
    if (part === null) continue;
    if (isRefused(part)) return null;
    sum = (sum ?? 0) + part.valueMinor;
  }
  return sum !== null && Number.isSafeInteger(sum) ? sum : null;
}
