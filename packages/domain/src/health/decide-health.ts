import type { MissingSignal, ScoreDecision, SituationChange } from '@bellwether/events';
import { CS_FRAMEWORK } from '../models/cs-framework.ts';
import type { ModelPack } from '../models/model-pack.ts';
import { atRiskSituation, isAtRisk, lostSignals } from './decide-at-risk.ts';
import type { LostSignal, PublishedHealth } from './published-health.ts';
import { reasonsOf } from './reasons.ts';
import type { HealthScore } from './score-health.ts';

export type { LostSignal, PublishedHealth, PublishedSignal } from './published-health.ts';

/** What a decision about health needs besides the score. */
export interface HealthInput {
  readonly currency: string;
  /** What the customer is worth, told with an at-risk situation. */
  readonly valueMinor: number;
  /** The model that the score was made with; default: the customer-success framework. */
  readonly model?: ModelPack;
}

/** What is to be published, and what then counts as published. */
export interface HealthDecision {
  readonly change: ScoreDecision | null;
  readonly situations: readonly SituationChange[];
  /** The same reference when nothing is published. */
  readonly published: PublishedHealth;
}

/**
 * Decides what to publish of a score (N1, N2). A change is published when the value moved by the model's threshold, or
 * the band, the certainty, the missing signals, the at-risk state or the model differ from what was last published; its
 * reasons are told against that. The first decision always publishes, so that it can be seen what is missing.
 */
export function decideHealth(
  published: PublishedHealth | null,
  score: HealthScore,
  input: HealthInput,
): HealthDecision {
  const model = input.model ?? CS_FRAMEWORK;
  const hasMoved = published === null || differs(published, score, model);
  const lost = lostSignals(published, score, { hasMoved });
  const atRisk = isAtRisk(published, score, { lost, model });
  const hasTurned = atRisk !== (published?.atRisk ?? false);
  if (published !== null && !hasMoved && !hasTurned) return { change: null, situations: [], published };
  const change = toChange(published, score, model);
  const { currency, valueMinor } = input;
  const { reasons, previous: previousHundredths } = change;
  const told = { atRisk, model, reasons, previousHundredths, valueMinor, currency };
  return {
    change,
    situations: hasTurned ? [atRiskSituation(score, told)] : [],
    published: toPublished(score, { atRisk, lost }),
  };
}

function differs(published: PublishedHealth, score: HealthScore, model: ModelPack): boolean {
  if (published.band !== score.band || published.uncertain !== score.uncertain) return true;
  if (published.model.id !== score.model.id || published.model.version !== score.model.version) return true;
  if (!isSameMissing(published.missing, score.missing)) return true;
  const moved = Math.abs((score.valueHundredths ?? 0) - (published.valueHundredths ?? 0));
  return moved >= model.publishFromHundredths;
}

function isSameMissing(a: readonly MissingSignal[], b: readonly MissingSignal[]): boolean {
  return (
    a.length === b.length && a.every(({ signal, why }, at) => signal === b[at]?.signal && why === b[at].why)
  );
}

function toChange(published: PublishedHealth | null, score: HealthScore, model: ModelPack): ScoreDecision {
  const value = score.valueHundredths;
  const previous = published?.valueHundredths ?? null;
  const parts: { [part: string]: number | null } = {};
  for (const { signal, raw, contributionHundredths } of score.signals) {
    parts[signal] = raw === null ? null : contributionHundredths;
    parts[`${signal}.raw`] = raw;
  }
  return {
    type: 'score.health.changed',
    score: 'health',
    unit: 'hundredths',
    value,
    previous,
    delta: value === null || previous === null ? null : value - previous,
    band: score.band,
    previousBand: published?.band ?? null,
    parts,
    reasons: reasonsOf(published, score, model),
    coverage: score.coverageHundredths,
    confidence: score.confidenceHundredths,
    ...(score.lowHundredths === null ? {} : { low: score.lowHundredths }),
    ...(score.highHundredths === null ? {} : { high: score.highHundredths }),
    uncertain: score.uncertain,
    missing: score.missing,
    model: score.model,
  };
}

interface Latched {
  readonly atRisk: boolean;
  readonly lost: readonly LostSignal[];
}

function toPublished(score: HealthScore, { atRisk, lost }: Latched): PublishedHealth {
  return {
    valueHundredths: score.valueHundredths,
    band: score.band,
    uncertain: score.uncertain,
    coverageHundredths: score.coverageHundredths,
    confidenceHundredths: score.confidenceHundredths,
    lowHundredths: score.lowHundredths,
    highHundredths: score.highHundredths,
    atRisk,
    missing: score.missing,
    signals: score.signals.flatMap(({ signal, raw, points, contributionHundredths }) =>
      raw === null || points === null ? [] : [{ signal, raw, points, contributionHundredths }],
    ),
    lost,
    model: score.model,
  };
}
