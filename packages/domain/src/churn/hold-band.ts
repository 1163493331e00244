import type { PublishedChurn } from './published-churn.ts';
import {
  type ChurnScore,
  type HeldReading,
  HIGH_FROM_BASIS_POINTS,
  MEDIUM_FROM_BASIS_POINTS,
  type RiskBand,
  riskBandOf,
} from './score-churn.ts';

/**
 * A band is left only this far below the threshold at which it was entered, so that a probability on the edge rests.
 */
export const BAND_EXIT_BASIS_POINTS = 500;

const RANKS: readonly RiskBand[] = ['low', 'medium', 'high'];

/**
 * The signals that are missing now but were not, with what they last read. What went missing with this very publication
 * counts; so does what a stopped feed took away, until the feed is back. Evidence of one customer that merely grew too
 * old counts until something else moves the score.
 */
export function lostReadings(
  published: PublishedChurn | null,
  score: ChurnScore,
  { hasMoved }: { readonly hasMoved: boolean },
): HeldReading[] {
  if (published === null) return [];
  return score.missing.flatMap(({ signal, why }) => {
    // Read, though spoilt: bands are held by the health that silence has not touched.
    if (score.parts.some((part) => part.signal === signal && part.raw !== null)) return [];
    const present = published.parts.find(([name]) => name === signal);
    if (present !== undefined) return [{ signal, raw: present[1] }];
    const lost = published.lost.find((candidate) => candidate.signal === signal);
    return lost !== undefined && (!hasMoved || why === 'feed-stale') ? [lost] : [];
  });
}

/**
 * The risk band that stands (S42, D8): entered from 30 and 60 %, left below 25 and 55 %. Data that goes missing moves
 * it neither way (N2): the probability must be past the threshold as it is, and also with what fell silent as it last
 * was.
 *
 * @param previous null: there was none yet, so the probability alone says it
 * @param held the probability with what fell silent as it last was, basis points
 */
export function heldBandOf(previous: RiskBand | null, value: number, held: number): RiskBand {
  if (previous === null) return riskBandOf(value);
  const reached = RANKS.indexOf(riskBandOf(Math.min(value, held)));
  const kept = RANKS.indexOf(exitBandOf(Math.max(value, held)));
  return RANKS[Math.max(reached, Math.min(RANKS.indexOf(previous), kept))] ?? previous;
}

/** The greatest band that a probability does not leave. */
function exitBandOf(basisPoints: number): RiskBand {
  if (basisPoints >= HIGH_FROM_BASIS_POINTS - BAND_EXIT_BASIS_POINTS) return 'high';
  return basisPoints >= MEDIUM_FROM_BASIS_POINTS - BAND_EXIT_BASIS_POINTS ? 'medium' : 'low';
}
