import { DAY_MS } from '@bellwether/events';

/** The health at the end of a week, hundredths; null: not scorable. Weeks without a change have no point. */
export interface HealthWeek {
  /** Days since 1970-01-01 divided by seven, rounded down. */
  readonly week: number;
  readonly value: number | null;
}

/** Weeks that a spark line shows: the present one and twelve before it, 90 days. */
export const SPARK_WEEKS = 13;

/** The week that an epoch day lies in. */
export function weekOfDay(day: number): number {
  return Math.floor(day / 7);
}

/** Takes a new value; keeps what the last 13 weeks need, with one older point that says where they began. */
export function foldHealthWeeks(
  weeks: readonly HealthWeek[],
  asOf: number,
  value: number | null,
): readonly HealthWeek[] {
  const last = weeks.at(-1);
  const week = Math.max(weekOfDay(Math.floor(asOf / DAY_MS)), last?.week ?? Number.NEGATIVE_INFINITY);
  const before = last?.week === week ? weeks.slice(0, -1) : weeks;
  const next = [...before, { week, value }];
  const first = next.findLastIndex((point) => point.week <= week - SPARK_WEEKS);
  return first > 0 ? next.slice(first) : next;
}

/** One value a week up to the week of `day`, oldest first; a week without a change has the value before it. */
export function sparkOf(weeks: readonly HealthWeek[], day: number): (number | null)[] {
  const spark: (number | null)[] = [];
  let at = 0;
  let value: number | null = null;
  for (let week = weekOfDay(day) - SPARK_WEEKS + 1; week <= weekOfDay(day); week++) {
    for (let point = weeks[at]; point && point.week <= week; point = weeks[++at]) value = point.value;
    spark.push(value);
  }
  return spark;
}

/** Difference that counts as a move: two points over four weeks, hundredths. */
const TREND_HUNDREDTHS = 200;
const TREND_WEEKS = 4;

/** Whether the health went up or down over the last four weeks; unknown where either end is not known. */
export function trendOf(spark: readonly (number | null)[]): 'up' | 'flat' | 'down' | 'unknown' {
  const now = spark.at(-1) ?? null;
  const then = spark.at(-1 - TREND_WEEKS) ?? null;
  if (now === null || then === null) return 'unknown';
  if (now - then >= TREND_HUNDREDTHS) return 'up';
  return then - now >= TREND_HUNDREDTHS ? 'down' : 'flat';
}
