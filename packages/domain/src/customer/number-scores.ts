import type { Change, ScoreDecision, ScoreName, ScoreValue, SituationChange } from '@bellwether/events';

/** What was decided, before it is numbered. */
export type Decision = ScoreDecision | SituationChange;

/** How many changes of each score were published. */
export type ScoreSequences = { readonly [Score in ScoreName]?: number };

/** Nothing published yet. */
export const NO_SCORES: ScoreSequences = {};

/**
 * Gives each score change its number, 1..n per customer and score, so that whoever reads one score alone can tell a
 * repeat from news (design section 4). Fields come in the order of the schemas, whoever decided: what is written as
 * Avro and read again has to be the same bytes.
 */
export function numberScores(
  decided: readonly Decision[],
  before: ScoreSequences,
): { readonly changes: readonly Change[]; readonly sequences: ScoreSequences } {
  let sequences = before;
  const changes = decided.map((decision): Change => {
    if (!('score' in decision)) return situationInOrder(decision);
    const sequence = (sequences[decision.score] ?? 0) + 1;
    sequences = { ...sequences, [decision.score]: sequence };
    const { type, score, unit, currency, value, previous, delta, band, previousBand, reasons } = decision;
    return {
      type,
      score,
      unit,
      ...(currency === undefined ? {} : { currency }),
      value,
      previous,
      delta,
      band,
      previousBand,
      ...classesInOrder(decision),
      reasons: reasons.map(reasonInOrder),
      ...certaintyInOrder(decision),
      sequence,
    };
  });
  return { changes, sequences };
}

/** A score's value in the order of the schema, to be told with the number of its last change. */
export function valueInOrder(told: ScoreValue): ScoreValue {
  const { unit, currency, value, band } = told;
  return {
    unit,
    ...(currency === undefined ? {} : { currency }),
    value,
    band,
    ...classesInOrder(told),
    ...certaintyInOrder(told),
  };
}

function classesInOrder({ parts, labels }: ScoreValue): Pick<ScoreValue, 'parts' | 'labels'> {
  return labels === undefined ? { parts: known(parts) } : { parts: known(parts), labels };
}

/** A part that is not known is left out: half of all that is told of a customer would be nulls. */
function known(parts: ScoreValue['parts']): ScoreValue['parts'] {
  const told: { [part: string]: number } = {};
  for (const part in parts) {
    const value = parts[part];
    if (value !== null && value !== undefined) told[part] = value;
  }
  return told;
}

function certaintyInOrder(told: ScoreValue): Partial<ScoreValue> {
  const { coverage, confidence, low, high, uncertain, missing, model } = told;
  return {
    ...(coverage === undefined ? {} : { coverage }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(uncertain === undefined ? {} : { uncertain }),
    ...(missing === undefined ? {} : { missing: missing.map(({ signal, why }) => ({ signal, why })) }),
    ...(model === undefined ? {} : { model: { id: model.id, version: model.version } }),
  };
}

function situationInOrder(situation: SituationChange): SituationChange {
  const { type, cause, code, text, valueMinor, currency, dueDay, daysBefore, reasons } = situation;
  return {
    type,
    cause,
    code,
    text,
    valueMinor,
    currency,
    ...(dueDay === undefined ? {} : { dueDay }),
    ...(daysBefore === undefined ? {} : { daysBefore }),
    reasons: reasons.map(reasonInOrder),
  };
}

function reasonInOrder({ signal, contribution, before, after, text }: ScoreDecision['reasons'][number]) {
  return { signal, contribution, before, after, text };
}
