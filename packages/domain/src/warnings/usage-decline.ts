import { formatDay } from '@bellwether/events';
import { FEED_FRESHNESS_DAYS } from '../feeds/feed-statuses.ts';
import { whyMissing } from '../health/reading.ts';
import { firstFrom } from '../signals/day-tiles.ts';
import type { ActivityState } from '../signals/state.ts';
import type { Held, Sign, SignInput } from './sign.ts';

/** Days of a window of use (D15). */
export const USE_WINDOW_DAYS = 30;
/** A sign begins when use has fallen by 20 % (D15) and ends when it is back within 10 % of what it is compared with. */
const ENTER_PERCENT = 80;
const STAY_BELOW_PERCENT = 90;
/** Fewer uses lost than these are chance: one use instead of two is no decline (N17). */
const FEWEST_LOST = 5;
/** Earlier windows than the one before that make a rhythm of one's own, and how many are looked at. */
const FEWEST_WINDOWS = 6;
const MOST_WINDOWS = 11;

/** Uses by window, newest first: the last 30 days, the 30 before, and earlier ones. */
interface Uses {
  readonly endDay: number;
  readonly recent: number;
  readonly before: number;
  readonly earlier: readonly number[];
}

/**
 * Declining use (S101, D15): at least 20 % and 5 uses less in 30 days than usual. Usual is the 30 days before or, if
 * that is less, a quiet month of the customer's own: the lower quartile of the earlier windows, where at least six are
 * known (N17), so that a rhythm of busy and idle months is no decline.
 *
 * Days without use that a stopped feed could explain are not held against the customer: the windows end with the last
 * use, at most as many days ago as the feed may be silent.
 */
export function findUsageDecline({ signals: { activity }, feeds, today }: SignInput, held: Held): Sign {
  const uses = usesOf(activity, today);
  const why = whyMissing(feeds.activity, { wasEverSeen: uses !== null });
  if (why !== undefined || uses === null) return { state: 'unknown', why: why ?? 'no-data' };
  const { recent, before, endDay } = uses;
  const usual = Math.min(before, quietWindow(uses.earlier) ?? before);
  const isFallen = 100 * recent <= ENTER_PERCENT * usual && usual - recent >= FEWEST_LOST;
  const isStill = held.isRaised && 100 * recent < STAY_BELOW_PERCENT * usual;
  if (!isFallen && !isStill) return { state: 'absent', code: 'use-steady', text: 'Use is no longer falling' };
  const span = `in the 30 days to ${formatDay(endDay)}`;
  return {
    state: 'present',
    factor: {
      detector: 'usage-decline',
      code: 'usage-decline',
      text: `Use is falling: ${recent} uses ${span}, ${before} in the 30 before`,
      evidence: activity.lastDay === null ? [] : [{ about: 'use', id: null, day: activity.lastDay }],
      before,
      after: recent,
    },
  };
}

/** Null until the window before is whole since the first use. */
function usesOf({ firstDay, lastDay, days }: ActivityState, today: number): Uses | null {
  if (firstDay === null || lastDay === null) return null;
  const endDay = lastVouchedDay(lastDay, today);
  const windows = Math.min(MOST_WINDOWS + 2, Math.floor((endDay - firstDay + 1) / USE_WINDOW_DAYS));
  if (windows < 2) return null;
  const sums: number[] = Array.from({ length: windows }, () => 0);
  const fromDay = endDay - USE_WINDOW_DAYS * windows + 1;
  for (let index = firstFrom(days, fromDay); index < days.length; index += 1) {
    const [day = 0, count = 0] = days[index] ?? [];
    const window = Math.max(0, Math.floor((endDay - day) / USE_WINDOW_DAYS));
    sums[window] = (sums[window] ?? 0) + count;
  }
  const [recent = 0, before = 0, ...earlier] = sums;
  return { endDay, recent, before, earlier };
}

/** The last day of which it is known whether the product was used. */
function lastVouchedDay(lastUseDay: number, today: number): number {
  return Math.max(lastUseDay, today - FEED_FRESHNESS_DAYS.activity);
}

/** The lower quartile (the greatest of the lowest quarter, rounded up); null for too few windows to tell. */
function quietWindow(earlier: readonly number[]): number | null {
  if (earlier.length < FEWEST_WINDOWS) return null;
  const sorted = earlier.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 4) - 1] ?? null;
}

/** First day after today on which use may read differently with no new event while the feed is fresh; null: never. */
export function nextUsageDay({ signals: { activity }, today }: SignInput): number | null {
  const { firstDay, lastDay, days } = activity;
  if (firstDay === null || lastDay === null) return null;
  const endDay = lastVouchedDay(lastDay, today);
  // Windows stand still until the end moves: then it follows today at a distance.
  let next: number | null = null;
  const consider = (day: number): void => {
    const windows = Math.floor((endDay - day) / USE_WINDOW_DAYS) + 1;
    if (windows > MOST_WINDOWS + 2) return;
    const turn = day + USE_WINDOW_DAYS * windows + FEED_FRESHNESS_DAYS.activity;
    if (turn > today && (next === null || turn < next)) next = turn;
  };
  consider(firstDay - 1);
  for (const [day] of days) consider(day);
  return next;
}
