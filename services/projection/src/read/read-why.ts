import type { ScoreName } from '@bellwether/events';
import { ProblemError } from '../api/problem.ts';
import type { Why } from '../api/schemas.ts';
import { type End, explainScore, lastPointAt } from '../steps/explain-score.ts';
import { type ScorePoint, traceScore } from '../steps/trace-score.ts';
import { instant } from './present-alert.ts';
import { type PublishedChanges, UNITS } from './read-history.ts';

/** What is asked: two instants, epoch ms. */
interface Asked {
  readonly customerId: string;
  readonly score: ScoreName;
  readonly from: number;
  readonly to: number;
}

/**
 * Why a score moved between two instants, from what was published (N1).
 * @throws ProblemError 409 where the changes that are looked through do not reach back to `from`
 */
export function presentWhy(
  { entries, isWhole }: PublishedChanges,
  { customerId, score, from, to }: Asked,
): Why {
  const points = traceScore(entries, score);
  const [first, last] = [lastPointAt(points, from), lastPointAt(points, to)];
  if (first === null && !isWhole) {
    const detail = `There are so many changes of customer ${customerId} that they are not gone through back to ${instant(from)}.`;
    throw new ProblemError(409, 'too-many-changes', { detail });
  }
  const span = { from: first?.sequence ?? 0, to: last?.sequence ?? 0 };
  const { delta, contributions, causes, changes } = explainScore(entries, score, span);
  return {
    customerId,
    score,
    unit: UNITS[score],
    currency: last?.change.currency ?? null,
    from: presentEnd(first, from),
    to: presentEnd(last, to),
    delta,
    contributions: { ...contributions },
    causes: causes.map((sum) => ({ ...sum })),
    changes: changes.map(presentChange),
  };
}

function presentEnd(point: End, at: number): Why['from'] {
  const { value = null, band = null } = point?.change ?? {};
  return { at: instant(at), value, band, sequence: point?.sequence ?? null };
}

function presentChange({
  at,
  knownAt,
  sequence,
  cause,
  causedBy,
  change,
}: ScorePoint): Why['changes'][number] {
  const { previous, value, delta, previousBand, band, reasons } = change;
  return {
    at: instant(at),
    knownAt: instant(knownAt),
    sequence,
    cause,
    causedBy: [...causedBy],
    previous,
    value,
    delta,
    previousBand,
    band,
    reasons: [...reasons],
  };
}
