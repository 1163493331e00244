/** A mean health above this is on target (S110): 80 of 100, in hundredths. */
export const MEAN_HEALTH_TARGET_HUNDREDTHS = 8_000;
/** Strategic accounts are to stay above 3.5 of 5 (S50), in hundredths of the five-point view. */
export const STRATEGIC_HEALTH_TARGET_HUNDREDTHS = 350;
/** The same as health: 70 of 100 (D7), in hundredths. */
export const STRATEGIC_HEALTH_FROM_HUNDREDTHS = 20 * STRATEGIC_HEALTH_TARGET_HUNDREDTHS;

/**
 * Health as a number from 0 to 5 (D7): a twentieth of it, so that 59 reads 2.95 and 70 reads 3.5.
 *
 * @param valueHundredths health in hundredths of a point, 0..10000
 * @returns hundredths, 0..500
 */
export function fivePointHundredthsOf(valueHundredths: number): number {
  return Math.round(valueHundredths / 20);
}

/** How a group of customers does: a segment, or the portfolio (S28, S110). */
export interface MeanHealth {
  /** Customers that have a health, and those that could not be scored. */
  readonly scored: number;
  readonly notScorable: number;
  /** Mean of those that have one; null: nobody has. */
  readonly meanHundredths: number | null;
  readonly fivePointHundredths: number | null;
  /** The mean is above 80; null: there is none. */
  readonly isOnTarget: boolean | null;
}

/** Mean health of a group; who cannot be scored counts neither as healthy nor as at risk. */
export function meanHealthOf(valuesHundredths: readonly (number | null)[]): MeanHealth {
  let [scored, sum] = [0, 0];
  for (const value of valuesHundredths) {
    if (value === null) continue;
    scored += 1;
    sum += value;
  }
  const meanHundredths = scored === 0 ? null : Math.round(sum / scored);
  return {
    scored,
    notScorable: valuesHundredths.length - scored,
    meanHundredths,
    fivePointHundredths: meanHundredths === null ? null : fivePointHundredthsOf(meanHundredths),
    isOnTarget: meanHundredths === null ? null : meanHundredths > MEAN_HEALTH_TARGET_HUNDREDTHS,
  };
}
