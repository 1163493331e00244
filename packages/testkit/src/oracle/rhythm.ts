import type { CustomerEvent } from '@bellwether/events';
import { sumOf, type Why } from './common.ts';
import type { OracleContext } from './context.ts';
import { recomputeTouches, type TouchStage, whyNoTouch } from './touches.ts';

/** How regular the touches are week by week (S31, D9), hundredths. */
export interface OracleConsistency {
  /** Null: fewer than two stages are known. */
  readonly value: number | null;
  readonly stages: Readonly<Record<string, number | Why>>;
}

/** The Monday of a day's week: 1970-01-05 was one. */
export function weekStart(day: number): number {
  return Math.floor((day - 4) / 7) * 7 + 4;
}

/** The mean over the stages that have a rhythm. */
export function recomputeConsistency(
  events: readonly CustomerEvent[],
  context: OracleContext,
): OracleConsistency {
  const stages: Record<string, number | Why> = {};
  for (const stage of recomputeTouches(events))
    stages[stage.stage] = whyNoTouch(stage, context) ?? rhythmOf(stage, context.today) ?? 'no-data';
  const known = Object.values(stages).filter((value) => typeof value === 'number');
  return { value: known.length < 2 ? null : Math.round(sumOf(known) / known.length), stages };
}

/** 1 less the coefficient of variation of the touches of at most 26 full weeks; null: fewer than 8, or none in them. */
function rhythmOf({ touches, firstDay }: TouchStage, today: number): number | null {
  const end = weekStart(today);
  const counts: number[] = [];
  for (let from = end - 7; counts.length < 26 && from >= (firstDay ?? end); from -= 7)
    counts.push(touches.filter(({ day }) => day >= from && day < from + 7).length);
  const sum = sumOf(counts);
  if (counts.length < 8 || sum === 0) return null;
  // s / m in whole numbers up to the root: sqrt(n x squares - sum^2) / sum.
  const squares = sumOf(counts.map((count) => count * count));
  return Math.round(10_000 * (1 - Math.min(1, Math.sqrt(counts.length * squares - sum * sum) / sum)));
}
