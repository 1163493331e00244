import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import {
  eachTouch,
  firstTouchDayOf,
  TOUCH_STAGES,
  type TouchSources,
  type TouchStage,
  whySilent,
} from './stage-touches.ts';
import { firstWeekFrom, weekStartOf } from './weeks.ts';

/** Full weeks looked at, at most and at least (D9). */
export const CONSISTENCY_WEEKS = 26;
export const LEAST_WEEKS = 8;
const LEAST_STAGES = 2;
const ALL_HUNDREDTHS = 10_000;

/** How regular the touches of a customer are, week by week; hundredths of 0..100 (S31, D9). */
export interface Consistency {
  /** Mean of the stages; null: fewer than two are known. */
  readonly valueHundredths: number | null;
  /** Of every stage, in their order: its consistency, or why there is none. */
  readonly stages: readonly StageConsistency[];
}
/** Consistency of one stage; without a value, why. */
export interface StageConsistency {
  readonly stage: TouchStage;
  readonly valueHundredths: number | null;
  readonly why: MissingSignal['why'] | null;
}

/**
 * Engagement consistency: 1 less the coefficient of variation (population standard deviation / mean) of a stage's
 * touches a week, at least 0, averaged over the stages that the customer is exposed to (D9). The weeks are the full
 * weeks, Monday to Sunday, before the present one, at most 26, from the first full week after the stage's first touch
 * on; below eight, or without a touch in them, the stage has none. So it changes at the turn of the week alone, but
 * for late events.
 */
export function consistencyOf(
  sources: TouchSources,
  { today, feeds }: { readonly today: number; readonly feeds: FeedStatuses },
): Consistency {
  const stages = TOUCH_STAGES.map((stage): StageConsistency => {
    const why = whySilent(stage, sources, feeds);
    const value = why === undefined ? ofStage(stage, sources, weekStartOf(today)) : null;
    return { stage, valueHundredths: value, why: value === null ? (why ?? 'no-data') : null };
  });
  const known = stages.flatMap(({ valueHundredths }) => (valueHundredths === null ? [] : [valueHundredths]));
  const sum = known.reduce((a, b) => a + b, 0);
  return { valueHundredths: known.length < LEAST_STAGES ? null : Math.round(sum / known.length), stages };
}

/** @param endDay the Monday that ends the last full week */
function ofStage(stage: TouchStage, sources: TouchSources, endDay: number): number | null {
  const firstDay = firstTouchDayOf(stage, sources) ?? endDay;
  const weeks = Math.min(CONSISTENCY_WEEKS, (endDay - firstWeekFrom(firstDay)) / 7);
  if (weeks < LEAST_WEEKS) return null;
  const touches = Array.from({ length: weeks }, () => 0);
  const visit = (day: number, count: number) => {
    const weeksBack = Math.floor((endDay - 1 - day) / 7);
    if (weeksBack >= 0) touches[weeksBack] = (touches[weeksBack] ?? 0) + count;
  };
  eachTouch(stage, sources, { fromDay: endDay - 7 * weeks, visit });
  return consistencyOfWeeks(touches);
}

/** Consistency of weekly counts, hundredths of 0..100; null where nothing happened: there is no rhythm to judge. */
export function consistencyOfWeeks(touches: readonly number[]): number | null {
  let sum = 0;
  let squares = 0;
  for (const count of touches) {
    sum += count;
    squares += count * count;
  }
  if (sum === 0) return null;
  // The variation is sqrt(squares / n - (sum / n)^2) / (sum / n): in whole numbers up to the one root.
  const variation = Math.sqrt(touches.length * squares - sum * sum) / sum;
  return Math.round(ALL_HUNDREDTHS * (1 - Math.min(1, variation)));
}
