import type { Sign, WarningInput } from './sign.ts';

/** How much higher the thresholds of the first year are than those of an at-risk situation, points. */
export const FIRST_YEAR_POINTS = 10;

/**
 * Health that would do in later years, and does not in the first (S84): of a Platinum or Gold customer the sign begins
 * 10 points above the threshold of an at-risk situation (in the framework below 60), and ends 10 above where that ends
 * (65), or with the year. Signals that went missing neither raise nor clear it, as with an at-risk situation (N2): the
 * health must be past the threshold as it is, and also with the lost signals at their last points.
 */
export function findFirstYearHealth(
  { firstYear }: Pick<WarningInput, 'firstYear'>,
  { isRaised }: { readonly isRaised: boolean },
): Sign {
  if (firstYear === null)
    return {
      state: 'absent',
      code: 'not-first-year',
      text: 'The first year is over, or the tier is another',
    };
  const { healthHundredths, heldHundredths, isSpoilt, atRiskBelowPoints, atRiskClearedFromPoints } =
    firstYear;
  if (healthHundredths === null) return { state: 'unknown', why: 'no-data' };
  if (isSpoilt) return { state: 'unknown', why: 'feed-stale' };
  const below = atRiskBelowPoints + FIRST_YEAR_POINTS;
  const clearedFrom = atRiskClearedFromPoints + FIRST_YEAR_POINTS;
  const held = heldHundredths ?? healthHundredths;
  const isThere = isRaised
    ? Math.min(healthHundredths, held) < 100 * clearedFrom
    : Math.max(healthHundredths, held) < 100 * below;
  if (!isThere)
    return { state: 'absent', code: 'health-recovered', text: `Health is back at ${clearedFrom} or more` };
  return {
    state: 'present',
    factor: {
      detector: 'first-year-health',
      code: 'first-year-health',
      text: `Health fell below ${below} in the first year, in which ${FIRST_YEAR_POINTS} points more are asked for`,
      evidence: [],
      before: below,
      after: healthHundredths / 100,
    },
  };
}
