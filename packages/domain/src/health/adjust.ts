import { type Condition, type ModelFacts, type ModelPack, toHundredths } from '../models/model-pack.ts';
import type { Adjustment } from './health-score.ts';

/** Every bonus that applies, in the model's order, then the first override that does; each with what it adds. */
export function adjustmentsOf(
  { bonuses = [], overrides = [] }: ModelPack,
  meanHundredths: number,
  facts: ModelFacts,
): readonly Adjustment[] {
  const adjustments: Adjustment[] = [];
  let value = meanHundredths;
  for (const { name, when, points } of bonuses) {
    if (!holds(when, facts)) continue;
    const pointsHundredths = toHundredths(points);
    const contributionHundredths = Math.min(10_000 - value, pointsHundredths);
    const text = `${told(when, facts)}: ${points} points on top`;
    adjustments.push({ name, kind: 'bonus', pointsHundredths, contributionHundredths, text });
    value += contributionHundredths;
  }
  const override = overrides.find(({ when }) => holds(when, facts));
  if (override === undefined) return adjustments;
  const pointsHundredths = toHundredths(override.points);
  adjustments.push({
    name: override.name,
    kind: 'override',
    pointsHundredths,
    contributionHundredths: pointsHundredths - value,
    text: `${told(override.when, facts)}: the score is fixed at ${override.points}`,
  });
  return adjustments;
}

/** What a weighted mean becomes under the adjustments that apply. */
export function withAdjustments(meanHundredths: number, adjustments: readonly Adjustment[]): number {
  let value = meanHundredths;
  for (const { kind, pointsHundredths } of adjustments) {
    value = kind === 'override' ? pointsHundredths : Math.min(10_000, value + pointsHundredths);
  }
  return value;
}

function holds({ fact, is }: Condition, facts: ModelFacts): boolean {
  const value = facts[fact];
  return value !== null && is.includes(value);
}

function told({ fact }: Condition, facts: ModelFacts): string {
  if (fact === 'status') return `status ${JSON.stringify(facts.status)}`;
  return facts.reference === true ? 'a reference' : 'no reference';
}
