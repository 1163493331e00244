import { type BgNbdFit, fitBgNbd } from './fit-bg-nbd.ts';
import type { FitResult, PredictiveModel, RefusedFit } from './fit-result.ts';
import { fitShiftedBetaGeometric, type ShiftedBetaGeometricFit } from './fit-shifted-beta-geometric.ts';
import { fitGammaGamma, type GammaGammaFit } from './gamma-gamma.ts';
import { type PurchaseHistory, type PurchaseRecord, purchaseRecordOf } from './purchase-history.ts';
import { type AgreementLife, renewalCountsOf } from './renewal-counts.ts';

/** Grows when a fit of the same customers would give other parameters, or the same parameters other predictions. */
export const PREDICTIVE_VERSION = 1;

/** What one customer adds to a fit. */
export interface PredictiveRow {
  /** Purchases outside agreements. */
  readonly purchases: PurchaseHistory;
  /** Lives of the agreements that can be renewed; void and perpetual ones are none. */
  readonly agreements: readonly AgreementLife[];
}

/** The models as fitted on one day: plain JSON, to be put on the log and read from there (N10). */
export interface PredictiveFit {
  readonly version: number;
  /** Epoch day whose customers it was fitted on. */
  readonly fittedDay: number;
  /** Null where it was refused. */
  readonly bgNbd: BgNbdFit | null;
  readonly gammaGamma: GammaGammaFit | null;
  readonly shiftedBetaGeometric: ShiftedBetaGeometricFit | null;
  readonly refused: readonly RefusedModel[];
}
/** A model that was not fitted, and why. */
export interface RefusedModel {
  readonly model: PredictiveModel;
  readonly reason: RefusedFit;
}

/** Fits all three models to the customers of a tenant on the epoch day `today`, in any order. */
export function fitPredictive(rows: Iterable<PredictiveRow>, today: number): PredictiveFit {
  const records: PurchaseRecord[] = [];
  const lives: AgreementLife[] = [];
  for (const { purchases, agreements } of rows) {
    const record = purchaseRecordOf(purchases, today);
    if (record !== null) records.push(record);
    lives.push(...agreements);
  }
  const refused: RefusedModel[] = [];
  const fitOf = <Fit>(model: PredictiveModel, result: FitResult<Fit>): Fit | null => {
    if (result.kind === 'fitted') return result.fit;
    refused.push({ model, reason: result.reason });
    return null;
  };
  return {
    version: PREDICTIVE_VERSION,
    fittedDay: today,
    bgNbd: fitOf('bg-nbd', fitBgNbd(records)),
    gammaGamma: fitOf('gamma-gamma', fitGammaGamma(records)),
    shiftedBetaGeometric: fitOf('shifted-beta-geometric', fitShiftedBetaGeometric(renewalCountsOf(lives))),
    refused,
  };
}
