import type { FeedStatus, MissingSignal } from '@bellwether/events';
import { growthOf, MOST_STEPS, STEP_DAYS } from '../opportunities/expansion-pattern.ts';
import { firstFrom } from '../signals/day-tiles.ts';
import type { ActivityState } from '../signals/state.ts';
import { weekStartOf } from './weeks.ts';

/** Uses are summed up over whole steps, so there is one more of them than of steps between points. */
const MOST_SUMS = MOST_STEPS + 1;

/** How the use of the product has grown over a year (S15). */
export interface UsageGrowth {
  /** Growth of a year in basis points of the mean; null: not known. */
  readonly basisPoints: number | null;
  readonly why: MissingSignal['why'] | null;
}

/**
 * Growth of the uses in 30 days (S15): a line of least squares through up to 13 sums, the last of which ends before the
 * present week, so that it changes at the turn of the week alone, but for late events. Not known while the feed is
 * silent, where fewer than seven sums are whole, or where nothing was used in any of them.
 * @param feed status of the tenant's feed of activity
 */
export function usageGrowthOf(
  activity: ActivityState,
  { feed, today }: { readonly feed: FeedStatus | undefined; readonly today: number },
): UsageGrowth {
  if (feed === undefined) return { basisPoints: null, why: 'feed-absent' };
  if (activity.firstDay !== null && feed.status === 'stale') return { basisPoints: null, why: 'feed-stale' };
  const basisPoints = growthOf(usesByStep(activity, weekStartOf(today)));
  return { basisPoints, why: basisPoints === null ? 'no-data' : null };
}

/** Uses in each of the last whole 30 days before a day, since the first use; oldest first. */
function usesByStep({ firstDay, days }: ActivityState, endDay: number): readonly number[] {
  if (firstDay === null || firstDay >= endDay) return [];
  const steps = Math.min(MOST_SUMS, Math.floor((endDay - firstDay) / STEP_DAYS));
  const fromDay = endDay - STEP_DAYS * steps;
  const uses = Array.from({ length: steps }, () => 0);
  for (let index = firstFrom(days, fromDay); index < days.length; index += 1) {
    const [day = endDay, count = 0] = days[index] ?? [];
    if (day >= endDay) break;
    const step = Math.floor((day - fromDay) / STEP_DAYS);
    uses[step] = (uses[step] ?? 0) + count;
  }
  return uses;
}

/** The next turn of the week, as long as a use is in one of the sums; null: none is. */
export function nextUsageGrowthDay({ days }: ActivityState, today: number): number | null {
  const weekStart = weekStartOf(today);
  const lastDay = days.at(-1)?.[0] ?? null;
  return lastDay === null || lastDay < weekStart - STEP_DAYS * MOST_SUMS ? null : weekStart + 7;
}
