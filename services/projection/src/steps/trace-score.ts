import type { Cause, Reason, ScoreChange, ScoreName } from '@bellwether/events';
import type { ChangeEntry } from './make-change-entries.ts';

/** A published value of a score and why it differs from the one before. */
export interface ScorePoint {
  /** The instant that it holds for, and when what caused it was received, epoch ms. */
  readonly at: number;
  readonly knownAt: number;
  /** Of the change record. */
  readonly sequence: number;
  readonly cause: Cause;
  readonly causedBy: readonly string[];
  readonly change: ScoreChange;
}

/** The points of one score among change records, by sequence. */
export function traceScore(entries: readonly Omit<ChangeEntry, 'earlier'>[], score: ScoreName): ScorePoint[] {
  return entries
    .flatMap(({ asOf, knownAt, sequence, cause, causedBy, changes }) =>
      changes.flatMap((change) =>
        'score' in change && change.score === score
          ? { at: asOf, knownAt, sequence, cause, causedBy, change }
          : [],
      ),
    )
    .sort((a, b) => a.sequence - b.sequence);
}

/** Signed contributions by signal. */
export type SignalSums = Readonly<Record<string, number>>;

/** What was contributed before the first point, where the points do not reach back to the beginning. */
const BEFORE = 'before';

/**
 * The contributions of each signal to each point's value: reasons add up from point to point, so the contributions of a
 * point always sum exactly to its value (N1), and two points differ by exactly what happened between them.
 */
export function contributionsOf(points: readonly ScorePoint[]): SignalSums[] {
  let sums: SignalSums = {};
  return points.map(({ change }, index) => {
    if (change.value === null) sums = {};
    else {
      const first: SignalSums =
        index === 0 && change.previous !== null ? { [BEFORE]: change.previous } : sums;
      sums = addReasons(change.previous === null ? {} : first, change.reasons);
    }
    return sums;
  });
}

function addReasons(sums: SignalSums, reasons: readonly Reason[]): SignalSums {
  const next: Record<string, number> = { ...sums };
  for (const { signal, contribution } of reasons) {
    next[signal] = (next[signal] ?? 0) + contribution;
    if (next[signal] === 0) delete next[signal];
  }
  return next;
}
