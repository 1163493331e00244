import type { Overview } from '../api/schemas.ts';
import type { BandMove } from './make-change-entries.ts';

type Moves = Overview['since']['bandMoves'];

/**
 * Where customers were and where they are now, by these two bands, greatest value first. Each customer counts once,
 * with the band before its first move, the one after its last, and its value then; who is back where it was does not
 * count.
 */
export function sumBandMoves(moves: readonly BandMove[]): Moves {
  const sums = new Map<string, Moves[number]>();
  for (const { from, to, valueMinor } of wholeWays(moves)) {
    if (from === to) continue;
    const sum = sums.get(`${from} ${to}`) ?? { from, to, count: 0, valueMinor: 0 };
    sums.set(`${from} ${to}`, { from, to, count: sum.count + 1, valueMinor: sum.valueMinor + valueMinor });
  }
  return [...sums.values()].sort((a, b) => b.valueMinor - a.valueMinor || b.count - a.count);
}

function* wholeWays(moves: readonly BandMove[]): Generator<Pick<BandMove, 'from' | 'to' | 'valueMinor'>> {
  for (const all of Map.groupBy(moves, ({ customerId }) => customerId).values()) {
    const inOrder = [...all].sort((a, b) => a.sequence - b.sequence);
    const [first, last] = [inOrder[0], inOrder.at(-1)];
    if (first && last) yield { from: first.from, to: last.to, valueMinor: last.valueMinor };
  }
}
