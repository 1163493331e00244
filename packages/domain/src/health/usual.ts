import type { OwnBaseline, SignalName } from '../models/model-pack.ts';
import { firstFrom, type UseTile } from '../signals/day-tiles.ts';
import type { ActivityState } from '../signals/state.ts';
import { toOneDecimal } from './reading.ts';

/** What a day of use adds to a period, by the signal that is compared with its past. */
const COUNTED: { readonly [S in SignalName]?: (tile: UseTile) => number } = {
  'login-frequency': () => 1,
  'total-activities': ([, uses]) => uses,
};

/** Of which signal, how long its window is, and how far back to look. */
export interface UsualInput {
  readonly signal: SignalName;
  readonly windowDays: number;
  readonly baseline: OwnBaseline;
  readonly today: number;
}

/**
 * What a reading is usually of this customer (N17): the median of the same count over the latest whole periods before
 * the window that lie after the first use. Time is cut into periods as long as the window, counted from epoch day 0, so
 * that the usual value stays for a whole period and does not waver from day to day. The median follows neither a single
 * busy period nor a single idle one.
 *
 * @returns in the unit of the reading, to one decimal; null where too few periods are known or too little is usual
 */
export function usualOf(activity: ActivityState, input: UsualInput): number | null {
  const { signal, windowDays, baseline, today } = input;
  const { firstDay, days } = activity;
  const count = COUNTED[signal];
  if (count === undefined || firstDay === null) return null;
  const lastPeriod = lastWholePeriod(today, windowDays);
  const earliestPeriod = Math.max(lastPeriod - baseline.periods + 1, Math.ceil(firstDay / windowDays));
  const periods = lastPeriod - earliestPeriod + 1;
  if (periods < baseline.minimumPeriods) return null;
  const fromDay = earliestPeriod * windowDays;
  const counts: number[] = Array.from({ length: periods }, () => 0);
  for (let index = firstFrom(days, fromDay); index < days.length; index += 1) {
    const tile = days[index];
    if (tile === undefined) break;
    const period = Math.floor((tile[0] - fromDay) / windowDays);
    if (period >= periods) break;
    counts[period] = (counts[period] ?? 0) + count(tile);
  }
  const usual = medianOf(counts);
  return usual < baseline.minimumUsual ? null : usual;
}

/**
 * First day after today on which the usual value may be another with no new event: the day on which one more period is
 * whole; null where nothing that is kept could make it differ.
 */
export function nextUsualDay(
  activity: ActivityState,
  { windowDays, baseline, today }: Omit<UsualInput, 'signal'>,
): number | null {
  const lastPeriod = lastWholePeriod(today, windowDays);
  const newest = activity.days.at(-1);
  const fromDay = (lastPeriod - baseline.periods + 1) * windowDays;
  if (newest === undefined || newest[0] < fromDay) return null;
  return (lastPeriod + 3) * windowDays - 1;
}

/** The latest period that ends before the window of today begins. */
function lastWholePeriod(today: number, windowDays: number): number {
  return Math.floor((today - 2 * windowDays + 1) / windowDays);
}

function medianOf(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return toOneDecimal(sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2);
}
