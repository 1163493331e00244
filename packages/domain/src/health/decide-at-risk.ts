import type { MissingSignal, Reason, SituationChange } from '@bellwether/events';
import { type ModelPack, toHundredths } from '../models/model-pack.ts';
import { type NearRenewal, renewalReason } from '../warnings/renewal-anchor.ts';
import { withAdjustments } from './adjust.ts';
import { nameOf } from './describe-signal.ts';
import type { HealthScore, HealthSignal } from './health-score.ts';
import type { LostSignal, PublishedHealth } from './published-health.ts';

/**
 * The signals that are missing now but were not, with their last points. What went missing with this very publication
 * counts; so does what a stopped feed took away, until the feed is back. Evidence of one customer that merely grew too
 * old counts until something else moves the score.
 */
export function lostSignals(
  published: PublishedHealth | null,
  score: HealthScore,
  { hasMoved }: { readonly hasMoved: boolean },
): LostSignal[] {
  if (published === null) return [];
  return score.missing.flatMap(({ signal, why }: MissingSignal) => {
    const present = published.signals.find((candidate) => candidate.signal === signal);
    if (present !== undefined && present.raw !== null)
      return [{ signal: present.signal, points: present.points }];
    const lost = published.lost.find((candidate) => candidate.signal === signal);
    return lost !== undefined && (!hasMoved || why === 'feed-stale') ? [lost] : [];
  });
}

/**
 * Whether the customer is at risk (S62): in the framework from below 50 until 55 is reached again, and only while there
 * is a score. Data that goes missing neither raises nor clears it (N2): the value must be past the threshold as it is,
 * and also with the lost signals at their last points, whatever the model makes up for them.
 */
export function isAtRisk(
  published: PublishedHealth | null,
  score: HealthScore,
  { lost, model }: { readonly lost: readonly LostSignal[]; readonly model: ModelPack },
): boolean {
  const wasAtRisk = published?.atRisk ?? false;
  const value = score.valueHundredths;
  if (value === null) return wasAtRisk;
  const likeForLike = lost.length === 0 ? value : valueWith(lost, score);
  const { atRiskBelowPoints, atRiskClearedFromPoints } = model.bands;
  if (wasAtRisk) return Math.min(value, likeForLike) < toHundredths(atRiskClearedFromPoints);
  return Math.max(value, likeForLike) < toHundredths(atRiskBelowPoints);
}

/** The value with the lost signals still at their last points. */
export function valueWith(lost: readonly LostSignal[], score: HealthScore): number {
  let weights = 0;
  let weightedPoints = 0;
  for (const { signal, weight, points, raw } of score.signals) {
    const last = raw === null ? lost.find((candidate) => candidate.signal === signal)?.points : undefined;
    const counted = last ?? points;
    if (counted === null) continue;
    weights += weight;
    weightedPoints += weight * toHundredths(counted);
  }
  return withAdjustments(Math.round(weightedPoints / weights), score.adjustments);
}

/** What an at-risk situation is about, and why it was raised. */
export const AT_RISK = { cause: 'health', code: 'health-below-50' } as const;

interface Told {
  readonly atRisk: boolean;
  /** The decision that makes it graver (N18); null: none is near. */
  readonly renewal: NearRenewal | null;
  readonly model: ModelPack;
  /** Of the health change that goes with it. */
  readonly reasons: readonly Reason[];
  /** Health as published before; null: none. */
  readonly previousHundredths: number | null;
  readonly valueMinor: number;
  readonly currency: string;
}

/**
 * The situation that began or ended. It is read as long as it lasts, so its text says what happened once (the threshold
 * crossed, the names of the three weakest signals) and its reasons say of which moment their readings are.
 */
export function atRiskSituation(score: HealthScore, told: Told): SituationChange {
  const { atRisk, renewal, valueMinor, currency } = told;
  return {
    type: atRisk ? 'risk.at-risk.raised' : 'risk.at-risk.cleared',
    cause: AT_RISK.cause,
    code: atRisk ? AT_RISK.code : 'health-recovered',
    text: textOf(score, told),
    valueMinor,
    currency,
    ...renewal,
    reasons: reasonsOf(score, told),
  };
}

function textOf(score: HealthScore, { atRisk, model: { bands } }: Told): string {
  const crossed = atRisk
    ? `Health fell below ${bands.atRiskBelowPoints}`
    : `Health is back at ${bands.atRiskClearedFromPoints} or more`;
  const weakest = weakestSignals(score.signals).map(({ signal }) => nameOf(signal));
  return atRisk && weakest.length > 0 ? `${crossed}; weakest then: ${weakest.join(', ')}` : crossed;
}

/**
 * The reasons of the health change, after the health itself and the decision that is near, which contribute nothing
 * besides them.
 */
function reasonsOf(
  score: HealthScore,
  { atRisk, renewal, reasons, previousHundredths }: Told,
): readonly Reason[] {
  const when = atRisk ? 'when raised' : 'when cleared';
  const points = (hundredths: number) => (hundredths / 100).toFixed(2);
  const value = score.valueHundredths;
  const was = previousHundredths === null ? '' : `, was ${points(previousHundredths)}`;
  const health: Reason = {
    signal: 'health',
    contribution: 0,
    before: previousHundredths,
    after: value,
    text: `${when}: health ${value === null ? 'cannot be scored' : points(value)}${was}`,
  };
  const near = renewal === null ? [] : [renewalReason(renewal)];
  return [health, ...near, ...reasons.map((reason) => ({ ...reason, text: `${when}: ${reason.text}` }))];
}

/** The three signals that cost the score most, worst first. */
function weakestSignals(signals: readonly HealthSignal[]): readonly HealthSignal[] {
  const costOf = ({ weight, points, raw }: HealthSignal) =>
    points === null || raw === null ? 0 : weight * (100 - points);
  return signals
    .filter((signal) => costOf(signal) > 0)
    .sort((a, b) => costOf(b) - costOf(a))
    .slice(0, 3);
}
