import { describe, expect, it } from 'vitest';
import type { BandMove } from './make-change-entries.ts';
import { sumBandMoves } from './sum-band-moves.ts';

const moveOf = (
  customerId: string,
  sequence: number,
  way: readonly [from: string, to: string],
): BandMove => ({
  customerId,
  sequence,
  from: way[0],
  to: way[1],
  valueMinor: sequence * 100,
});

describe('who changed band', () => {
  it('is told from the first band to the last, each customer once, at its value after the last move', () => {
    const moves = [
      moveOf('a', 3, ['needs-attention', 'at-risk']),
      moveOf('a', 1, ['healthy', 'needs-attention']),
      moveOf('b', 2, ['healthy', 'at-risk']),
    ];
    expect(sumBandMoves(moves)).toEqual([{ from: 'healthy', to: 'at-risk', count: 2, valueMinor: 500 }]);
  });

  it('leaves out who is back where it was', () => {
    const moves = [moveOf('a', 2, ['at-risk', 'healthy']), moveOf('a', 1, ['healthy', 'at-risk'])];
    expect(sumBandMoves(moves)).toEqual([]);
  });

  it('comes by value, greatest first', () => {
    const moves = [moveOf('a', 1, ['healthy', 'at-risk']), moveOf('b', 9, ['at-risk', 'healthy'])];
    expect(sumBandMoves(moves).map(({ valueMinor }) => valueMinor)).toEqual([900, 100]);
  });
});
