import type { Overview } from '../api/schemas.ts';
import type { BandMove } from './make-change-entries.ts';

type Moves = Overview['since']['bandMoves'];

/** Moves between health bands by where from and where to, greatest value first; newest moves come first in `moves`. */
export function sumBandMoves(moves: readonly BandMove[]): Moves {
  const sums = new Map<string, Moves[number]>();
  for (const { from, to, valueMinor } of moves) {
    const sum = sums.get(`${from} ${to}`) ?? { from, to, count: 0, valueMinor: 0 };
    sums.set(`${from} ${to}`, { from, to, count: sum.count + 1, valueMinor: sum.valueMinor + valueMinor });
  }
  return [...sums.values()].sort((a, b) => b.valueMinor - a.valueMinor || b.count - a.count);
}
