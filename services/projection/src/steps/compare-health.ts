import type { Reason } from '@bellwether/events';
import type { ScorePoint } from './trace-score.ts';

/** How the health came from where it was to where it is. */
export interface HealthMove {
  readonly before: { readonly health: number; readonly day: number } | null;
  readonly moves: readonly { readonly text: string; readonly contribution: number }[];
}

/**
 * Compares the present health with the last one published on or before the epoch day `fromDay`, or with the first one
 * since then. `points` by sequence, from about that day on; `dayOf` tells the tenant's day of an instant. Where the
 * health could not be scored in between, only what came after that counts.
 */
export function compareHealth(
  points: readonly ScorePoint[],
  options: { readonly fromDay: number; readonly dayOf: (timeMs: number) => number },
): HealthMove {
  const { fromDay, dayOf } = options;
  const scored = points.slice(points.findLastIndex(({ change }) => change.value === null) + 1);
  const older = scored.findLastIndex(({ at }) => dayOf(at) <= fromDay);
  const [base, ...later] = scored.slice(Math.max(older, 0));
  if (!base || base.change.value === null) return { before: null, moves: [] };
  const { value, previous, reasons } = base.change;
  const isFirst = older < 0 && previous === null;
  if (later.length === 0) {
    const moves = movesOf(reasons);
    return isFirst ? { before: null, moves } : { before: { health: value, day: dayOf(base.at) }, moves };
  }
  const before = { health: value, day: Math.max(dayOf(base.at), fromDay) };
  return { before, moves: movesOf(later.flatMap(({ change }) => change.reasons)) };
}

/** Adds up the reasons by signal, each told in its latest words. */
function movesOf(reasons: readonly Reason[]): HealthMove['moves'] {
  const moves = new Map<string, { text: string; contribution: number }>();
  for (const { signal, text, contribution } of reasons) {
    moves.set(signal, { text, contribution: (moves.get(signal)?.contribution ?? 0) + contribution });
  }
  return [...moves.values()];
}
