import type { MissingSignal } from '@bellwether/events';
import { levelHundredthsOf, pointsHundredthsOf } from '../models/curve.ts';
import {
  type HealthBand,
  type ModelFacts,
  type ModelPack,
  type SignalModel,
  toHundredths,
} from '../models/model-pack.ts';
import { apportion } from '../money/apportion.ts';
import { adjustmentsOf, withAdjustments } from './adjust.ts';
import { describeMissing, describeReading } from './describe-signal.ts';
import type { Adjustment, HealthScore, HealthSignal } from './health-score.ts';
import { type Reading, toOneDecimal } from './reading.ts';

/** What a score is made of besides the readings. */
export interface ScoringInput {
  readonly facts: ModelFacts;
  /** The tenant's present epoch day. */
  readonly today: number;
  /** Of the tenant, for the texts of amounts. */
  readonly currency: string;
}

interface Assessed {
  readonly model: SignalModel;
  readonly raw: number | null;
  readonly norm: number | null;
  /** Null: left out. Of a missing signal: what the model makes up. */
  readonly pointsHundredths: number | null;
  readonly why: MissingSignal['why'] | null;
  readonly isFresh: boolean;
}

/**
 * The weighted mean of the points of the signals present, over their weight alone (S94, S76, D20), then bonuses and
 * overrides. Below the model's least coverage, or without a signal that it requires, there is no value: neither healthy
 * nor at risk (N2).
 *
 * @param readings one for each signal of the model, in its order
 */
export function scoreReadings(
  model: ModelPack,
  readings: readonly Reading[],
  input: ScoringInput,
): HealthScore {
  const assessed = model.signals.map((signal, index) =>
    assess(signal, readings[index] ?? { missing: 'no-data' }, input.today),
  );
  const sums = sumsOf(assessed);
  const coverageHundredths = Math.round((10_000 * sums.present) / sums.total);
  const isScorable =
    sums.present > 0 &&
    coverageHundredths >= toHundredths(model.minimumCoveragePercent) &&
    assessed.every(({ model: { required }, why }) => required !== true || why === null);
  const mean = isScorable ? Math.round(sums.points / sums.scored) : null;
  const adjustments = mean === null ? [] : adjustmentsOf(model, mean, input.facts);
  const end = (hundredths: number) => (isScorable ? withAdjustments(hundredths, adjustments) : null);
  const value = mean === null ? null : end(mean);
  const low = end(Math.round(sums.lowPoints / sums.reachable));
  const high = end(Math.round(sums.highPoints / sums.reachable));
  return {
    valueHundredths: value,
    band: bandOf(model, value, adjustments),
    coverageHundredths,
    confidenceHundredths: Math.round((5_000 * sums.halfFresh) / sums.total),
    lowHundredths: low,
    highHundredths: high,
    uncertain: bandOf(model, low, adjustments) !== bandOf(model, high, adjustments),
    missing: assessed.flatMap(({ model: { signal }, why }) => (why === null ? [] : [{ signal, why }])),
    signals: toSignals(assessed, mean, input.currency),
    adjustments,
    model: { id: model.id, version: model.version },
  };
}

function assess(model: SignalModel, reading: Reading, today: number): Assessed {
  if ('missing' in reading) {
    const { whenMissing } = model;
    const pointsHundredths = whenMissing === undefined ? null : toHundredths(whenMissing.points);
    return { model, raw: null, norm: null, pointsHundredths, why: reading.missing, isFresh: false };
  }
  const { raw, evidenceDay, norm = null } = reading;
  return {
    model,
    raw,
    norm,
    pointsHundredths: pointsOf(model, raw, norm),
    why: null,
    isFresh: evidenceDay === null || today - evidenceDay <= model.freshDays,
  };
}

function pointsOf({ curve, steps, relativeTo }: SignalModel, raw: number, norm: number | null): number {
  if (relativeTo !== undefined && norm !== null) {
    return pointsHundredthsOf(relativeTo.curve, toOneDecimal((100 * raw) / norm));
  }
  return curve === undefined ? levelHundredthsOf(steps ?? [], raw) : pointsHundredthsOf(curve, raw);
}

interface Sums {
  /** Weights: of all signals, of those present, of those with points, of these and the expected ones. */
  readonly total: number;
  readonly present: number;
  readonly scored: number;
  readonly reachable: number;
  /** Weight of the signals present, twice where the evidence is fresh. */
  readonly halfFresh: number;
  /** Weight times points, as it is and with every expected signal at its worst and at its best. */
  readonly points: number;
  readonly lowPoints: number;
  readonly highPoints: number;
}

function sumsOf(assessed: readonly Assessed[]): Sums {
  let [total, present, scored, reachable, halfFresh] = [0, 0, 0, 0, 0];
  let [points, lowPoints, highPoints] = [0, 0, 0];
  for (const { model, pointsHundredths, why, isFresh } of assessed) {
    const { weight } = model;
    const isExpected = why === 'no-data' || why === 'feed-stale';
    const weighted = weight * (pointsHundredths ?? 0);
    total += weight;
    if (why === null) present += weight;
    if (why === null) halfFresh += isFresh ? 2 * weight : weight;
    if (pointsHundredths !== null) scored += weight;
    if (pointsHundredths !== null || isExpected) reachable += weight;
    points += weighted;
    lowPoints += isExpected ? 0 : weighted;
    highPoints += isExpected ? 10_000 * weight : weighted;
  }
  return { total, present, scored, reachable, halfFresh, points, lowPoints, highPoints };
}

function toSignals(
  assessed: readonly Assessed[],
  mean: number | null,
  currency: string,
): readonly HealthSignal[] {
  const parts = assessed.map(({ model, pointsHundredths }) => model.weight * (pointsHundredths ?? 0));
  const contributions = mean === null ? [] : apportion(parts, mean);
  return assessed.map(({ model, raw, norm, pointsHundredths, why }, index) => ({
    signal: model.signal,
    pillar: model.pillar,
    weight: model.weight,
    points: pointsHundredths === null ? null : pointsHundredths / 100,
    raw,
    norm,
    text:
      raw === null
        ? describeMissing(model, why ?? 'no-data')
        : describeReading(model, { raw, norm, currency }),
    contributionHundredths: contributions[index] ?? 0,
  }));
}

/**
 * The band of a value (S94): in the framework from 80 healthy, from 50 needs attention, else at risk; that of an
 * override where one applies; none without a value.
 */
export function bandOf(
  { bands, overrides }: ModelPack,
  valueHundredths: number | null,
  adjustments: readonly Adjustment[],
): HealthBand {
  if (valueHundredths === null) return 'not-scorable';
  const fixing = adjustments.find(({ kind }) => kind === 'override');
  const override = overrides?.find(({ name }) => name === fixing?.name);
  if (override !== undefined) return override.band;
  if (valueHundredths >= toHundredths(bands.healthyFromPoints)) return 'healthy';
  return valueHundredths >= toHundredths(bands.needsAttentionFromPoints) ? 'needs-attention' : 'at-risk';
}
