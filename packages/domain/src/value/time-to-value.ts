import type { CustomerEvent } from '@bellwether/events';
import { lesserOf } from '../ordering.ts';
import { earliestDay } from '../signals/entities.ts';

/** Days on which value came about, as goals tell (S112). */
export interface ValueMoments {
  /** First report that names its use the first meaningful one. */
  readonly firstMeaningfulUseDay: number | null;
  /** First report of value realised. */
  readonly firstRealisedDay: number | null;
}

const NOTHING_YET: ValueMoments = { firstMeaningfulUseDay: null, firstRealisedDay: null };

/** A customer of whom no goal was reported on. */
export function initialValueMoments(): ValueMoments {
  return NOTHING_YET;
}

/**
 * Notes when value first came about; the same reference when nothing is earlier. A report realises value unless it
 * gives an actual of nothing or less, or only says that use became meaningful.
 */
export function evolveValueMoments(moments: ValueMoments, event: CustomerEvent): ValueMoments {
  if (event.type !== 'goal.value-realised') return moments;
  const { actual, firstMeaningfulUse = false } = event.data;
  const isRealised = actual === undefined ? !firstMeaningfulUse : actual > 0;
  const next: ValueMoments = {
    firstMeaningfulUseDay: firstMeaningfulUse
      ? earliestDay(moments.firstMeaningfulUseDay, event.day)
      : moments.firstMeaningfulUseDay,
    firstRealisedDay: isRealised
      ? earliestDay(moments.firstRealisedDay, event.day)
      : moments.firstRealisedDay,
  };
  const isSame =
    next.firstMeaningfulUseDay === moments.firstMeaningfulUseDay &&
    next.firstRealisedDay === moments.firstRealisedDay;
  return isSame ? moments : next;
}

/** When value first came about for the first of two customers that are one (N23). */
export function mergeValueMoments(a: ValueMoments, b: ValueMoments): ValueMoments {
  return {
    firstMeaningfulUseDay: lesserOf(a.firstMeaningfulUseDay, b.firstMeaningfulUseDay),
    firstRealisedDay: lesserOf(a.firstRealisedDay, b.firstRealisedDay),
  };
}

/** Value has to be realised within fewer days than these of the first meaningful use (S112). */
export const TIME_TO_VALUE_DAYS = 30;

/** How long it took until value was realised; days, null where one of the two ends is not known. */
export interface TimeToValue {
  /** From the first meaningful use, or the first use where none is named so (S112). */
  readonly fromFirstUseDays: number | null;
  /** From the start of the relation, so that a slow start shows (D19). */
  readonly fromStartDays: number | null;
  /** Within the target; false also while it is missed already; null: not known yet. */
  readonly isOnTarget: boolean | null;
}

/** What time to value is read from. */
export interface TimeToValueInput {
  readonly moments: ValueMoments;
  /** First day of any use. */
  readonly firstUseDay: number | null;
  /** First day of the relation. */
  readonly startDay: number | null;
  /** The feed of goals is fresh and the customer was ever seen in it: then no value told means that there is none. */
  readonly isHeard: boolean;
  readonly today: number;
}

/** Time to value (S112, D19). A start after the first value is none: then the source began to tell too late. */
export function timeToValueOf(input: TimeToValueInput): TimeToValue {
  const { moments, firstUseDay, startDay, isHeard, today } = input;
  const { firstMeaningfulUseDay, firstRealisedDay } = moments;
  const useDay = firstMeaningfulUseDay ?? firstUseDay;
  const fromFirstUseDays = daysBetween(useDay, firstRealisedDay);
  const isOpen = isHeard && firstRealisedDay === null && useDay !== null;
  const isLate = isOpen && today - useDay >= TIME_TO_VALUE_DAYS;
  return {
    fromFirstUseDays,
    fromStartDays: daysBetween(startDay, firstRealisedDay),
    isOnTarget: fromFirstUseDays === null ? (isLate ? false : null) : fromFirstUseDays < TIME_TO_VALUE_DAYS,
  };
}

function daysBetween(fromDay: number | null, toDay: number | null): number | null {
  return fromDay === null || toDay === null || toDay < fromDay ? null : toDay - fromDay;
}

/** Day on which the target is missed unless value is realised before; null: it is past, or no use is known. */
export function nextTimeToValueDay({ moments, firstUseDay, today }: TimeToValueInput): number | null {
  const useDay = moments.firstMeaningfulUseDay ?? firstUseDay;
  if (moments.firstRealisedDay !== null || useDay === null) return null;
  const missedDay = useDay + TIME_TO_VALUE_DAYS;
  return missedDay > today ? missedDay : null;
}
