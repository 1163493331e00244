import type { Change, ScoreDecision, ScoreName, SituationChange } from '@bellwether/events';

/** What was decided, before it is numbered. */
export type Decision = ScoreDecision | SituationChange;

/** How many changes of each score were published. */
export type ScoreSequences = { readonly [Score in ScoreName]?: number };

/** Nothing published yet. */
export const NO_SCORES: ScoreSequences = {};

/**
 * Gives each score change its number, 1..n per customer and score, so that whoever reads one score alone can tell a
 * repeat from news (design section 4).
 */
export function numberScores(
  decided: readonly Decision[],
  before: ScoreSequences,
): { readonly changes: readonly Change[]; readonly sequences: ScoreSequences } {
  let sequences = before;
  const changes = decided.map((decision): Change => {
    if (!('score' in decision)) return decision;
    const sequence = (sequences[decision.score] ?? 0) + 1;
    sequences = { ...sequences, [decision.score]: sequence };
    return { ...decision, sequence };
  });
  return { changes, sequences };
}
