import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import { amountOf, closedDayOf } from '../opportunities/opportunities-state.ts';
import { roundedRatio } from '../statistics/exact.ts';
import { eachTouch, TOUCH_STAGES, type TouchSources, whySilent } from './stage-touches.ts';
import { weekStartOf } from './weeks.ts';

export const EFFICIENCY_WINDOW_DAYS = 180;

/** What a touch brings (S77, D9). */
export interface Efficiency {
  /** Minor units won per activity; null: not known. */
  readonly minorPerActivity: number | null;
  /** Amounts of the opportunities won in the window, of every kind: new, expansion, renewal. */
  readonly wonMinor: number;
  readonly activities: number;
  readonly why: MissingSignal['why'] | null;
}

/**
 * Activity efficiency (S77, D9): what was won in 180 days by what was done in them. An activity is a touch of any stage
 * (a day of product use is one). The 180 days are those before the present week, so that it changes at the turn of the
 * week alone, but for late events. Not known without opportunities, without any activity, or while a feed that the
 * customer was seen in is silent.
 */
export function efficiencyOf(
  sources: TouchSources,
  { today, feeds }: { readonly today: number; readonly feeds: FeedStatuses },
): Efficiency {
  const endDay = weekStartOf(today);
  const fromDay = endDay - EFFICIENCY_WINDOW_DAYS;
  let activities = 0;
  const visit = (day: number, touches: number) => {
    if (day < endDay) activities += touches;
  };
  for (const stage of TOUCH_STAGES) eachTouch(stage, sources, { fromDay, visit });
  let won = 0n;
  for (const opportunity of sources.opportunities) {
    const day = opportunity.outcome?.value === true ? closedDayOf(opportunity) : null;
    if (day !== null && day >= fromDay && day < endDay) won += BigInt(amountOf(opportunity));
  }
  const why = whyUnknown(sources, feeds) ?? (activities === 0 ? 'no-data' : null);
  const minorPerActivity = why === null ? roundedRatio(won, BigInt(activities)) : null;
  return { minorPerActivity, wonMinor: Number(won), activities, why };
}

function whyUnknown(sources: TouchSources, feeds: FeedStatuses): MissingSignal['why'] | undefined {
  const reasons = TOUCH_STAGES.map((stage) => whySilent(stage, sources, feeds));
  return reasons.includes('feed-stale') ? 'feed-stale' : whySilent('sales', sources, feeds);
}
