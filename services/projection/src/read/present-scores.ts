import { formatDay, type ScoreValue } from '@bellwether/events';
import type { Score, Situation } from '../api/score-schemas.ts';
import type { CustomerScores, FoldedScore } from '../steps/fold-change.ts';
import { instant } from './present-alert.ts';

/** The scores that lists have no columns of their own for, by name. */
export function presentScores(scores: CustomerScores | undefined): Record<string, Score> {
  const known = Object.entries(scores?.scores ?? {});
  return Object.fromEntries(known.map(([name, score]) => [name, presentScore(score)]));
}

function presentScore(score: FoldedScore): Score {
  return { ...presentValue(score), asOf: instant(score.asOf) };
}

/** A score in its own unit, with how much of it is known. */
export function presentValue(score: ScoreValue): Omit<Score, 'asOf'> {
  return {
    unit: score.unit,
    value: score.value,
    band: score.band,
    parts: { ...score.parts },
    labels: { ...score.labels },
    low: score.low ?? null,
    high: score.high ?? null,
    uncertain: score.uncertain ?? false,
    coverage: shareOf(score.coverage),
    confidence: shareOf(score.confidence),
    missing: (score.missing ?? []).map(({ signal, why }) => ({ signal, why })),
  };
}

function shareOf(hundredths: number | undefined): number | null {
  return hundredths === undefined ? null : hundredths / 10_000;
}

/** Everything that has begun and not ended, besides what has a place of its own. */
export function presentSituations(scores: CustomerScores | undefined): Situation[] {
  return Object.values(scores?.situations ?? {}).map(({ rule, cause, code, text, since, dueDay }) => ({
    rule,
    cause,
    code,
    text,
    since: instant(since),
    dueDate: dueDay === null ? null : formatDay(dueDay),
  }));
}
