import type { Cause, ScoreName } from '@bellwether/events';
import type { ChangeEntry } from './make-change-entries.ts';
import { contributionsOf, type ScorePoint, type SignalSums, traceScore } from './trace-score.ts';

/** A score as it was published at one end of a span; null: nothing of it had been published. */
export type End = ScorePoint | null;

/** How much of a movement one kind of cause brought. */
export interface CauseSum {
  readonly cause: Cause;
  readonly changes: number;
  /** In the unit of the score. */
  readonly contribution: number;
}

/** Why a score is at the end of a span what it is, and not what it was at the beginning (N1). */
export interface Explanation {
  readonly from: End;
  readonly to: End;
  /** Null where one end has no value. */
  readonly delta: number | null;
  /** Sum exactly to the delta; without one, to the value that came, or to minus the one that went. */
  readonly contributions: SignalSums;
  /** Sum to the same. */
  readonly causes: readonly CauseSum[];
  /** The changes in between, in order. */
  readonly changes: readonly ScorePoint[];
}

type Told = Omit<ChangeEntry, 'earlier'>;

/**
 * The last point of a score that had been published for an instant: of those that hold for it or before, the one with
 * the greatest sequence. Events of one day may come in any order, and a later change has the earlier ones in it.
 */
export function lastPointAt(points: readonly ScorePoint[], at: number): End {
  return points.findLast((point) => point.at <= at) ?? null;
}

/**
 * Explains a score between two changes of its customer, by sequence. What each signal contributes is followed from
 * change to change; where the score could not be told for a while it begins anew, and the difference of both ends
 * still sums exactly.
 */
export function explainScore(
  entries: readonly Told[],
  score: ScoreName,
  span: { readonly from: number; readonly to: number },
): Explanation {
  const points = traceScore(entries, score);
  const sums = contributionsOf(points);
  const isUntil = (end: number) => (point: ScorePoint) => point.sequence <= end;
  const first = points.findLastIndex(isUntil(span.from));
  const last = points.findLastIndex(isUntil(span.to));
  const [from, to] = [points[first] ?? null, points[last] ?? null];
  const changes = points.slice(first + 1, last + 1);
  const [before, after] = [from?.change.value ?? null, to?.change.value ?? null];
  return {
    from,
    to,
    delta: before === null || after === null ? null : after - before,
    contributions: difference(sums[first] ?? {}, sums[last] ?? {}),
    causes: causesOf(changes),
    changes,
  };
}

/** What contributes to one value and not to another, signal by signal: sums exactly to their difference. */
export function difference(before: SignalSums, after: SignalSums): SignalSums {
  const signals = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const moved = signals.map((signal) => [signal, (after[signal] ?? 0) - (before[signal] ?? 0)] as const);
  return Object.fromEntries(moved.filter(([, contribution]) => contribution !== 0));
}

function causesOf(changes: readonly ScorePoint[]): readonly CauseSum[] {
  const byCause = Map.groupBy(changes, ({ cause }) => cause);
  return [...byCause].map(([cause, all]) => ({
    cause,
    changes: all.length,
    contribution: all.reduce((sum, { change }) => sum + (change.value ?? 0) - (change.previous ?? 0), 0),
  }));
}
