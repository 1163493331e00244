/**
 * One: log-odds, coefficients and standardised readings are whole basis points (ten-thousandths), as probabilities
 * are.
 */
export const ONE = 10_000;

/** No model knows for certain: probabilities stay within 0.01 % and 99.99 %. */
const LEAST = 1;
const MOST = ONE - 1;

/** Keeps a probability in basis points within 1..9999. */
export function clampProbability(basisPoints: number): number {
  return Math.min(MOST, Math.max(LEAST, basisPoints));
}

/**
 * The probability of log-odds, both in basis points: 1 / (1 + e^-x), within 1..9999.
 *
 * A whole number goes in and a rounded one comes out, and no whole number lies near the edge of rounding (which a test
 * checks for all of them); so the last bits of the exponential, in which machines may differ, never show.
 */
export function probabilityOf(logOddsBasisPoints: number): number {
  return clampProbability(Math.round(ONE * logistic(logOddsBasisPoints / ONE)));
}

/** The log-odds of a probability, both in basis points: ln(p / (1 - p)); the probability counts as 1..9999. */
export function logOddsOf(probabilityBasisPoints: number): number {
  const probability = clampProbability(probabilityBasisPoints);
  return Math.round(ONE * Math.log(probability / (ONE - probability))) + 0;
}

/** 1 / (1 + e^-x), not rounded. */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/**
 * Basis points of probability for one of log-odds, on the straight line between two log-odds: what makes parts of
 * log-odds parts of the probability. Where both are the same it is the slope of the curve there. Nine digits, so that
 * the last bits of the exponential do not show.
 */
export function slopeBetween(fromBasisPoints: number, toBasisPoints: number): number {
  const from = logistic(fromBasisPoints / ONE);
  const run = toBasisPoints - fromBasisPoints;
  const slope = run === 0 ? from * (1 - from) : (ONE * (logistic(toBasisPoints / ONE) - from)) / run;
  return Math.round(slope * 1e9) / 1e9;
}
