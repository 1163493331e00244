/** Months that stay exact, the present one included: two years, and one before them to compare with. */
export const MONTHS_KEPT = 37;

/**
 * How one measure stood at the ends of months. A point says: from the end of this month on until the next point. Months
 * at whose end nothing was different have none, so a measure that rests costs nothing. Epoch months, rising.
 */
export interface MonthCourse<Value> {
  readonly months: readonly number[];
  readonly values: readonly Value[];
}

const NO_POINTS: MonthCourse<never> = { months: [], values: [] };

/**
 * The value as it is now in a month: what was there of this month is replaced, so that the last value of each month
 * stays. A month before the last one counts as the last one: what was told later holds later. The same reference when
 * nothing differs. Points that no kept month needs are dropped.
 */
export function withMonth<Value>(
  course: MonthCourse<Value> | undefined,
  given: { readonly month: number; readonly value: Value },
): MonthCourse<Value> {
  const { months, values } = course ?? NO_POINTS;
  const last = months.at(-1);
  const month = Math.max(given.month, last ?? given.month);
  const kept = last === month ? months.length - 1 : months.length;
  // The end of a month has one value only: without that of this month, the one before shows whether it differs.
  const before = kept === 0 ? null : values[kept - 1];
  if (before === given.value) {
    if (course !== undefined && kept === months.length) return course;
    return { months: months.slice(0, kept), values: values.slice(0, kept) };
  }
  if (kept < months.length && values[kept] === given.value && course !== undefined) return course;
  const first = Math.max(
    0,
    months.findLastIndex((one) => one <= month - MONTHS_KEPT),
  );
  return {
    months: [...months.slice(first, kept), month],
    values: [...values.slice(first, kept), given.value],
  };
}

/** The value at the end of a month; null: not known then. */
export function valueAt<Value>(course: MonthCourse<Value> | undefined, month: number): Value | null {
  if (course === undefined) return null;
  const { months, values } = course;
  // Asked for every measure of every customer and month: a search that calls a function takes five times as long.
  let at = months.length - 1;
  while (at >= 0 && (months[at] ?? 0) > month) at -= 1;
  return values[at] ?? null;
}

/** What was told last of something in a month. */
export interface MonthTelling<Told> {
  readonly month: number;
  readonly told: Told;
}

/**
 * What was told of something, the latest of each month, in any order of arrival: a late telling goes to the month that
 * it belongs to. The same reference when it was told later already. Tellings that no kept month needs are dropped.
 */
export function withTelling<Told>(
  tellings: readonly MonthTelling<Told>[],
  telling: MonthTelling<Told>,
  isLater: (one: Told, other: Told) => boolean,
): readonly MonthTelling<Told>[] {
  const { month, told } = telling;
  const known = tellings.find((one) => one.month === month);
  if (known !== undefined && !isLater(told, known.told)) return tellings;
  const all = [...tellings.filter((one) => one.month !== month), telling];
  all.sort((one, other) => one.month - other.month);
  const newest = all.at(-1)?.month ?? month;
  const first = all.findLastIndex((one) => one.month <= newest - MONTHS_KEPT);
  return first > 0 ? all.slice(first) : all;
}

/** What stood at the end of a month; undefined: nothing was told by then. */
export function tellingAt<Told>(tellings: readonly MonthTelling<Told>[], month: number): Told | undefined {
  return tellings.findLast((one) => one.month <= month)?.told;
}
