import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import { CS_FRAMEWORK } from '../models/cs-framework.ts';
import { pointsHundredthsOf } from '../models/curve.ts';
import type { HealthBand, ModelPack, SignalModel, SignalName } from '../models/model-pack.ts';
import { apportion } from '../money/apportion.ts';
import type { SignalState } from '../signals/state.ts';
import { describeMissing, describeReading } from './describe-signal.ts';
import { readSignal } from './read-signal.ts';

/** One signal's part in a score. */
export interface HealthSignal {
  readonly signal: SignalName;
  /** Whole percent of all signals of the model. */
  readonly weight: number;
  /** 0..100 to two decimals; null: missing. */
  readonly points: number | null;
  /** The reading in the signal's own unit; null: missing. */
  readonly raw: number | null;
  readonly text: string;
  /** Part of the value; 0 while the signal is missing or nothing can be scored. */
  readonly contributionHundredths: number;
}

/** Health as it stands (S94, N2), all figures in hundredths: of a point 0..10000, of coverage and confidence too. */
export interface HealthScore {
  /** Null: not scorable. */
  readonly valueHundredths: number | null;
  readonly band: HealthBand;
  /** Weight of the signals present / weight of all. */
  readonly coverageHundredths: number;
  /** Coverage, with signals on older evidence counting half. */
  readonly confidenceHundredths: number;
  /** The value if every expected but missing signal had 0 points; null when not scorable. */
  readonly lowHundredths: number | null;
  /** ... and if it had 100. */
  readonly highHundredths: number | null;
  /** Low and high lie in different bands. */
  readonly uncertain: boolean;
  readonly missing: readonly MissingSignal[];
  /** All signals of the model, in its order; the contributions sum exactly to the value. */
  readonly signals: readonly HealthSignal[];
  readonly model: { readonly id: string; readonly version: string };
}

/** What a score depends on besides the customer. */
export interface HealthContext {
  /** The tenant's present epoch day. */
  readonly today: number;
  readonly feeds: FeedStatuses;
  /** Default: the customer-success framework. */
  readonly model?: ModelPack;
}

interface Assessed {
  readonly model: SignalModel;
  readonly raw: number | null;
  readonly pointsHundredths: number | null;
  readonly why: MissingSignal['why'] | null;
  readonly isFresh: boolean;
}

/**
 * The weighted mean of the points of the signals present, over their weight alone (S94, S76, D20). Below the model's
 * least coverage there is no value: neither healthy nor at risk (N2). docs/scoring.md has worked examples.
 */
export function scoreHealth(signals: SignalState, context: HealthContext): HealthScore {
  const model = context.model ?? CS_FRAMEWORK;
  const assessed = model.signals.map((signal) => assess(signal, signals, context));
  let totalWeight = 0;
  let presentWeight = 0;
  let halfFreshWeights = 0;
  let expectedWeight = 0;
  let weightedPoints = 0;
  for (const {
    model: { weight },
    pointsHundredths,
    why,
    isFresh,
  } of assessed) {
    totalWeight += weight;
    if (pointsHundredths === null) {
      if (why !== 'feed-absent') expectedWeight += weight;
      continue;
    }
    presentWeight += weight;
    halfFreshWeights += isFresh ? 2 * weight : weight;
    weightedPoints += weight * pointsHundredths;
  }
  const coverageHundredths = Math.round((10_000 * presentWeight) / totalWeight);
  const isScorable = presentWeight > 0 && coverageHundredths >= model.minimumCoverageHundredths;
  const value = isScorable ? Math.round(weightedPoints / presentWeight) : null;
  const reachable = presentWeight + expectedWeight;
  const low = isScorable ? Math.round(weightedPoints / reachable) : null;
  const high = isScorable ? Math.round((weightedPoints + 10_000 * expectedWeight) / reachable) : null;
  return {
    valueHundredths: value,
    band: bandOf(model, value),
    coverageHundredths,
    confidenceHundredths: Math.round((5_000 * halfFreshWeights) / totalWeight),
    lowHundredths: low,
    highHundredths: high,
    uncertain: bandOf(model, low) !== bandOf(model, high),
    missing: assessed.flatMap(({ model: { signal }, why }) => (why === null ? [] : [{ signal, why }])),
    signals: toSignals(assessed, value),
    model: { id: model.id, version: model.version },
  };
}

function assess(model: SignalModel, signals: SignalState, context: HealthContext): Assessed {
  const reading = readSignal(model, signals, context);
  if ('missing' in reading) {
    return { model, raw: null, pointsHundredths: null, why: reading.missing, isFresh: false };
  }
  const { raw, evidenceDay } = reading;
  return {
    model,
    raw,
    pointsHundredths: pointsHundredthsOf(model.curve, raw),
    why: null,
    isFresh: evidenceDay === null || context.today - evidenceDay <= model.freshDays,
  };
}

function toSignals(assessed: readonly Assessed[], value: number | null): readonly HealthSignal[] {
  const parts = assessed.map(({ model, pointsHundredths }) => model.weight * (pointsHundredths ?? 0));
  const contributions = value === null ? [] : apportion(parts, value);
  return assessed.map(({ model, raw, pointsHundredths, why }, index) => ({
    signal: model.signal,
    weight: model.weight,
    points: pointsHundredths === null ? null : pointsHundredths / 100,
    raw,
    text: raw === null ? describeMissing(model, why ?? 'no-data') : describeReading(model, raw),
    contributionHundredths: contributions[index] ?? 0,
  }));
}

/** The band of a value (S94): from 80 healthy, from 50 needs attention, else at risk; none without a value. */
export function bandOf(model: ModelPack, valueHundredths: number | null): HealthBand {
  if (valueHundredths === null) return 'not-scorable';
  if (valueHundredths >= model.healthyFromHundredths) return 'healthy';
  return valueHundredths >= model.needsAttentionFromHundredths ? 'needs-attention' : 'at-risk';
}
