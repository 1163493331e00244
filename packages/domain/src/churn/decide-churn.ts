import type { Reason, ScoreDecision } from '@bellwether/events';
import { isSameMissing } from '../feeds/same-missing.ts';
import { type ChurnInput, isMissing } from './churn-input.ts';
import { churnReasonsOf } from './churn-reasons.ts';
import { churnValueOf } from './churn-value.ts';
import { heldBandOf, lostReadings } from './hold-band.ts';
import type { PublishedChurn, PublishedChurnPart } from './published-churn.ts';
import {
  type ChurnBand,
  type ChurnContext,
  type ChurnScore,
  type HeldReading,
  type RiskBand,
  scoreChurn,
} from './score-churn.ts';

/** Least difference from the published probability that is published while nothing else differs, basis points. */
export const PUBLISH_CHURN_FROM_BASIS_POINTS = 100;

/** What is to be published, and what then counts as published. */
export interface ChurnDecision {
  /** Its amounts are basis points of probability. */
  readonly change: ScoreDecision | null;
  /** The same reference when nothing is published. */
  readonly published: PublishedChurn;
}

/**
 * Decides what to publish of a customer's churn (S29, S42, N1, N2). A change is published when the probability moved by
 * a whole point of percent, or the band, the certainty, the missing signals or the model differ from what was last
 * published; its reasons are told against that. The first decision always publishes, so that it can be seen what is
 * missing.
 */
export function decideChurn(
  published: PublishedChurn | null,
  input: ChurnInput,
  context: ChurnContext,
): ChurnDecision {
  const score = scoreChurn(input, context);
  const hasMoved = published === null || differs(published, score);
  const lost = lostReadings(published, score, { hasMoved });
  const riskBand = standingBand(published, score, { input, context, lost });
  const band = score.valueBasisPoints === null ? score.band : (riskBand ?? score.band);
  if (published !== null && !hasMoved && band === published.band) return { change: null, published };
  const next = toPublished(score, { band, riskBand, lost });
  return { change: toChange(published, next, churnReasonsOf(published, score)), published: next };
}

function standingBand(
  published: PublishedChurn | null,
  score: ChurnScore,
  { input, context, lost }: { input: ChurnInput; context: ChurnContext; lost: readonly HeldReading[] },
): RiskBand | null {
  const previous = published?.riskBand ?? null;
  const value = score.valueBasisPoints;
  if (score.band === 'ended') return null;
  if (value === null) return previous;
  const heldInput = withHeldHealth(input);
  const isHeld = lost.length > 0 || heldInput !== input;
  const held = isHeld ? scoreChurn(heldInput, context, lost).valueBasisPoints : value;
  return heldBandOf(previous, value, held ?? value);
}

function withHeldHealth(input: ChurnInput): ChurnInput {
  const { health } = input;
  if (isMissing(health) || health.heldHundredths === undefined) return input;
  return { ...input, health: { ...health, valueHundredths: health.heldHundredths } };
}

function differs(published: PublishedChurn, score: ChurnScore): boolean {
  if (published.uncertain !== score.uncertain) return true;
  if (published.model.id !== score.model.id || published.model.version !== score.model.version) return true;
  if (!isSameMissing(published.missing, score.missing)) return true;
  const [before, after] = [published.valueBasisPoints, score.valueBasisPoints];
  if (before === null || after === null) return before !== after;
  return Math.abs(after - before) >= PUBLISH_CHURN_FROM_BASIS_POINTS;
}

function toChange(
  published: PublishedChurn | null,
  next: PublishedChurn,
  reasons: readonly Reason[],
): ScoreDecision {
  const { unit, value, band, ...rest } = churnValueOf(next);
  const previous = published?.valueBasisPoints ?? null;
  return {
    type: 'score.churn.changed',
    score: 'churn',
    unit,
    value,
    previous,
    delta: value === null || previous === null ? null : value - previous,
    band,
    previousBand: published?.band ?? null,
    reasons,
    ...rest,
  };
}

interface Latched {
  readonly band: ChurnBand;
  readonly riskBand: RiskBand | null;
  readonly lost: readonly HeldReading[];
}

function toPublished(score: ChurnScore, { band, riskBand, lost }: Latched): PublishedChurn {
  return {
    valueBasisPoints: score.valueBasisPoints,
    band,
    riskBand,
    uncertain: score.uncertain,
    coverageHundredths: score.coverageHundredths,
    confidenceHundredths: score.confidenceHundredths,
    lowBasisPoints: score.lowBasisPoints,
    highBasisPoints: score.highBasisPoints,
    missing: score.missing,
    parts: score.parts.flatMap(({ signal, raw, logOddsBasisPoints }): PublishedChurnPart[] =>
      raw === null ? [] : [[signal, raw, logOddsBasisPoints]],
    ),
    lost,
    model: score.model,
  };
}
