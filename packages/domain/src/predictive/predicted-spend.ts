import { type BgNbd, purchaseChances } from './bg-nbd.ts';
import { conditionalMeanSpend, type GammaGamma } from './gamma-gamma.ts';
import type { RefusedPrediction } from './prediction.ts';
import type { PurchaseRecord } from './purchase-history.ts';
import { spendInterval } from './spend-interval.ts';

/** What a customer is expected to buy outside agreements in the coming days (N10). */
export interface PredictedSpend {
  /** Expected number of days with purchases, hundredths. */
  readonly purchasesHundredths: number;
  /** Expected mean spend of such a day, minor units. */
  readonly meanSpendMinor: number;
  /** Expected spend, minor units: the product of the two before they were rounded. */
  readonly valueMinor: number;
  /** The spend lies between these in 80 of 100 cases, as the models see it; both may be 0. */
  readonly lowMinor: number;
  readonly highMinor: number;
}

/** The two models together. */
export interface SpendModels {
  readonly purchases: BgNbd;
  readonly spend: GammaGamma;
}

/** Expected spend of a customer in the coming `horizonDays`; `out-of-range` where it is no exact integer any more. */
export function predictedSpendOf(
  models: SpendModels,
  record: PurchaseRecord,
  horizonDays: number,
): PredictedSpend | RefusedPrediction {
  const chances = purchaseChances(models.purchases, record, horizonDays);
  const purchases = chances.reduceRight((sum, chance) => sum + chance, 0);
  const mean = conditionalMeanSpend(models.spend, record);
  const { low, high } = spendInterval(chances, models.spend, record);
  const predicted = {
    purchasesHundredths: Math.round(purchases * 100),
    meanSpendMinor: Math.round(mean),
    valueMinor: Math.round(purchases * mean),
    lowMinor: Math.round(low),
    highMinor: Math.round(high),
  };
  return Object.values(predicted).every(Number.isSafeInteger) ? predicted : { refused: 'out-of-range' };
}
