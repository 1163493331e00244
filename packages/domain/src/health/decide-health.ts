import type { Reason, ScoreDecision, SituationChange } from '@bellwether/events';
import { isSameMissing } from '../feeds/same-missing.ts';
import { type ModelPack, toHundredths } from '../models/model-pack.ts';
import { CS_FRAMEWORK } from '../models/shipped/cs-framework.ts';
import { isSameRenewal, type NearRenewal } from '../warnings/renewal-anchor.ts';
import { atRiskSituation, isAtRisk, lostSignals, valueWith } from './decide-at-risk.ts';
import type { Adjustment, HealthScore, HealthSignal } from './health-score.ts';
import { healthValueOf } from './health-value.ts';
import type {
  LostSignal,
  PublishedAdjustment,
  PublishedHealth,
  PublishedSignal,
} from './published-health.ts';
import { reasonsOf } from './reasons.ts';

export type { LostSignal, PublishedHealth, PublishedSignal } from './published-health.ts';

/** What a decision about health needs besides the score. */
export interface HealthInput {
  readonly currency: string;
  /** What the customer is worth, told with an at-risk situation. */
  readonly valueMinor: number;
  /** The model that the score was made with; default: the customer-success framework. */
  readonly model?: ModelPack;
  /** The decision that is near (N18), looked up for who is at risk alone; null: none is. Absent: there is none. */
  readonly nearRenewal?: () => NearRenewal | null;
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
 * reasons are told against that. The first decision always publishes, so that it can be seen what is missing. An
 * at-risk situation that stands is told again when the day of the customer's decision has come a step nearer (N18).
 *
 * @throws RangeError when the score was made with another model
 */
export function decideHealth(
  published: PublishedHealth | null,
  score: HealthScore,
  input: HealthInput,
): HealthDecision {
  const { model = CS_FRAMEWORK } = input;
  if (model.id !== score.model.id || model.version !== score.model.version)
    throw new RangeError(`a score of ${score.model.id} is not decided by ${model.id} ${model.version}`);
  const hasMoved = published === null || differs(published, score, model);
  const lost = lostSignals(published, score, { hasMoved });
  const atRisk = isAtRisk(published, score, { lost, model });
  const hasTurned = atRisk !== (published?.atRisk ?? false);
  const { currency, valueMinor } = input;
  const renewal = atRisk ? (input.nearRenewal?.() ?? null) : null;
  if (published !== null && !hasMoved && !hasTurned) {
    if (!isNearer(published, { atRisk, renewal })) return { change: null, situations: [], published };
    const told = { atRisk, renewal, model, reasons: [], previousHundredths: null, valueMinor, currency };
    const { renewal: _before, ...same } = published;
    return {
      change: null,
      situations: [atRiskSituation(score, told)],
      published: renewal === null ? same : { ...same, renewal },
    };
  }
  const next = toPublished(score, { atRisk, lost, renewal });
  return { ...tellHealth(published, next, { score, input: { ...input, model } }), published: next };
}

/** How the difference between what was published and what is published now is told; `score` is the latter in words. */
export function tellHealth(
  published: PublishedHealth | null,
  next: PublishedHealth,
  {
    score,
    input,
  }: { readonly score: HealthScore; readonly input: HealthInput & { readonly model: ModelPack } },
): Pick<HealthDecision, 'change' | 'situations'> {
  const { model, currency, valueMinor } = input;
  const { atRisk, renewal = null } = next;
  const reasons = reasonsOf(published, score, { model, currency });
  const change = toChange(published, next, reasons);
  const { previous: previousHundredths } = change;
  const told = { atRisk, renewal, model, reasons, previousHundredths, valueMinor, currency };
  const hasTurned = atRisk !== (published?.atRisk ?? false);
  const isTold = hasTurned || isNearer(published, { atRisk, renewal });
  return { change, situations: isTold ? [atRiskSituation(score, told)] : [] };
}

/** Somebody who is at risk has come a step nearer to the day of the decision, or away from it. */
function isNearer(
  published: PublishedHealth | null,
  { atRisk, renewal }: { readonly atRisk: boolean; readonly renewal: NearRenewal | null },
): boolean {
  return atRisk && !isSameRenewal(published?.renewal ?? null, renewal);
}

function differs(published: PublishedHealth, score: HealthScore, model: ModelPack): boolean {
  if (published.band !== score.band || published.uncertain !== score.uncertain) return true;
  if (published.model.id !== score.model.id || published.model.version !== score.model.version) return true;
  if (!isSameMissing(published.missing, score.missing)) return true;
  const moved = Math.abs((score.valueHundredths ?? 0) - (published.valueHundredths ?? 0));
  return moved >= toHundredths(model.publishFromPoints);
}

function toChange(
  published: PublishedHealth | null,
  next: PublishedHealth,
  reasons: readonly Reason[],
): ScoreDecision {
  const { unit, value, band, parts, ...rest } = healthValueOf(next);
  const previous = published?.valueHundredths ?? null;
  return {
    type: 'score.health.changed',
    score: 'health',
    unit,
    value,
    previous,
    delta: value === null || previous === null ? null : value - previous,
    band,
    previousBand: published?.band ?? null,
    parts,
    reasons,
    ...rest,
  };
}

interface Latched {
  readonly atRisk: boolean;
  readonly lost: readonly LostSignal[];
  readonly renewal: NearRenewal | null;
}

function toPublished(score: HealthScore, { atRisk, lost, renewal }: Latched): PublishedHealth {
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
    signals: score.signals.flatMap(toPublishedSignal),
    ...(score.adjustments.length === 0 ? {} : { adjustments: score.adjustments.map(toPublishedAdjustment) }),
    lost,
    ...(lost.length === 0 || score.valueHundredths === null
      ? {}
      : { heldHundredths: valueWith(lost, score) }),
    model: score.model,
    ...(renewal === null ? {} : { renewal }),
  };
}

function toPublishedSignal(signal: HealthSignal): readonly PublishedSignal[] {
  const { raw, norm, points, contributionHundredths } = signal;
  if (points === null) return [];
  const compared = norm === null ? {} : { norm };
  return [{ signal: signal.signal, raw, ...compared, points, contributionHundredths }];
}

function toPublishedAdjustment({ name, contributionHundredths }: Adjustment): PublishedAdjustment {
  return { name, contributionHundredths };
}
