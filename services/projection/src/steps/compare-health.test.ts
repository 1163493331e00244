import { DAY_MS } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { changeOf, healthOf, reasonOf, TODAY } from '../test-support/records.ts';
import { compareHealth } from './compare-health.ts';
import { traceScore } from './trace-score.ts';

type Step = readonly [
  daysAgo: number,
  value: number | null,
  previous: number | null,
  signals?: Record<string, number>,
];

function compare(...steps: readonly Step[]) {
  const records = steps.map(([daysAgo, value, previous, signals = {}], index) => {
    const reasons = Object.entries(signals).map(([signal, contribution]) =>
      reasonOf(signal, contribution, signal),
    );
    return changeOf(index + 1, [healthOf(value, { previous, reasons })], {
      asOf: (TODAY - daysAgo) * DAY_MS,
    });
  });
  const dayOf = (timeMs: number) => Math.floor(timeMs / DAY_MS);
  return compareHealth(traceScore(records, 'health'), { fromDay: TODAY - 30, dayOf });
}

describe('how the health came to be what it is', () => {
  it('is told from what it was thirty days ago, signal by signal', () => {
    const move = compare(
      [90, 9_000, null],
      [60, 7_100, 9_000, { usage: -1_900 }],
      [17, 6_000, 7_100, { usage: -1_100 }],
      [3, 4_600, 6_000, { usage: -320, tickets: -1_080 }],
    );
    expect(move.before).toEqual({ health: 7_100, day: TODAY - 30 });
    expect(move.moves).toEqual([
      { text: 'usage', contribution: -1_420 },
      { text: 'tickets', contribution: -1_080 },
    ]);
  });

  it('begins with the first score where that is younger', () => {
    expect(compare([10, 5_000, null], [5, 4_000, 5_000, { usage: -1_000 }])).toEqual({
      before: { health: 5_000, day: TODAY - 10 },
      moves: [{ text: 'usage', contribution: -1_000 }],
    });
  });

  it('has nothing to compare with while there is one score only, and says what that is made of', () => {
    expect(compare([10, 5_000, null, { usage: 5_000 }])).toEqual({
      before: null,
      moves: [{ text: 'usage', contribution: 5_000 }],
    });
  });

  it('says since when an unchanged health holds', () => {
    expect(compare([80, 5_000, null]).before).toEqual({ health: 5_000, day: TODAY - 80 });
  });

  it('does not look across a time without a score', () => {
    expect(compare([60, 9_000, null], [20, null, 9_000], [10, 5_000, null, { usage: 5_000 }])).toEqual({
      before: null,
      moves: [{ text: 'usage', contribution: 5_000 }],
    });
  });
});
