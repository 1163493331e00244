import type { ModelPack } from '../models/model-pack.ts';
import type { HealthScore } from './health-score.ts';

/** A pillar as it stands in a score (S61): hundredths of a point. */
export interface PillarScore {
  readonly pillar: string;
  readonly title: string;
  /** Whole percent of the model. */
  readonly weight: number;
  /** Weighted mean of the points of its signals, 0..10000; null where none of them has any. */
  readonly pointsHundredths: number | null;
  /** Its part of the value: the sum of its signals' contributions. */
  readonly contributionHundredths: number;
  /** Share of its weight that is present, hundredths. */
  readonly coverageHundredths: number;
}

/** The pillars of a score in the model's order. Their contributions and the adjustments sum exactly to the value. */
export function pillarsOf(score: HealthScore, model: ModelPack): readonly PillarScore[] {
  return model.pillars.map(({ pillar, title, weight }) => {
    let [scored, present, weighted, contributionHundredths] = [0, 0, 0, 0];
    for (const signal of score.signals) {
      if (signal.pillar !== pillar) continue;
      contributionHundredths += signal.contributionHundredths;
      if (signal.raw !== null) present += signal.weight;
      if (signal.points === null) continue;
      scored += signal.weight;
      weighted += signal.weight * Math.round(signal.points * 100);
    }
    return {
      pillar,
      title,
      weight,
      pointsHundredths: scored === 0 ? null : Math.round(weighted / scored),
      contributionHundredths,
      coverageHundredths: Math.round((10_000 * present) / weight),
    };
  });
}
