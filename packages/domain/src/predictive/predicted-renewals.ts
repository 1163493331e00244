import type { RefusedPrediction } from './prediction.ts';
import { expectedRenewals, type ShiftedBetaGeometric } from './shifted-beta-geometric.ts';

/** An active agreement that comes up for renewal. */
export interface RenewableAgreement {
  readonly agreementId: string;
  /** What one term is worth, minor units. */
  readonly termValueMinor: number;
  readonly termDays: number;
  /** Renewals it has survived. */
  readonly renewalsSurvived: number;
  /** Epoch day on which the next term would begin. */
  readonly nextTermDay: number;
}

/** What a customer's agreements are expected to bring by being renewed (N10). */
export interface PredictedRenewals {
  /** Renewals that fall due, and how many of them are expected to happen, hundredths. */
  readonly dueRenewals: number;
  readonly renewalsHundredths: number;
  /** Expected value of the terms that begin by renewal, each in full; minor units. */
  readonly valueMinor: number;
}

/** The coming days: the `horizonDays` after the epoch day `today`. */
export interface Horizon {
  readonly today: number;
  readonly horizonDays: number;
}

/**
 * Expected value of the renewals in the coming days. An agreement that is renewed at all its dates so far is renewed at
 * the next with the model's retention rate, at the one after only if it was renewed at the next, and so on.
 * `out-of-range` where the sum is no exact integer any more.
 * @throws RangeError for a term of less than a day
 */
export function predictedRenewalsOf(
  model: ShiftedBetaGeometric,
  agreements: readonly RenewableAgreement[],
  { today, horizonDays }: Horizon,
): PredictedRenewals | RefusedPrediction {
  let dueRenewals = 0;
  let expected = 0;
  let value = 0;
  for (const { termValueMinor, termDays, renewalsSurvived, nextTermDay } of agreements) {
    if (!(termDays >= 1)) throw new RangeError(`a term of ${termDays} days`);
    const daysAfterNext = today + horizonDays - nextTermDay;
    if (daysAfterNext < 0) continue;
    const renewals = Math.floor(daysAfterNext / termDays) + 1;
    const kept = expectedRenewals(model, { survived: renewalsSurvived, renewals });
    dueRenewals += renewals;
    expected += kept;
    value += kept * termValueMinor;
  }
  const predicted = {
    dueRenewals,
    renewalsHundredths: Math.round(expected * 100),
    valueMinor: Math.round(value),
  };
  return Object.values(predicted).every(Number.isSafeInteger) ? predicted : { refused: 'out-of-range' };
}
