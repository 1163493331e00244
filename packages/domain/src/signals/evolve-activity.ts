import type { CustomerEvent } from '@bellwether/events';
import { addTile } from './day-tiles.ts';
import { earliestDay, latestDay } from './entities.ts';
import { type ActivityState, type FeatureSeen, MAX_FEATURES, type Seats } from './state.ts';
import { laterOf, writtenBy } from './written.ts';

export type ActivityEvent = Extract<CustomerEvent, { readonly type: `activity.${string}` }>;

/** Adds one use of the product to its day (S91). A login is one use; the other events say how many they stand for. */
export function evolveActivity(
  activity: ActivityState,
  event: ActivityEvent,
  keptFromDay: number,
): ActivityState {
  const { day, data } = event;
  const uses = 'count' in data ? (data.count ?? 1) : 1;
  const feature = 'feature' in data ? data.feature : undefined;
  return {
    firstDay: earliestDay(activity.firstDay, day),
    lastDay: latestDay(activity.lastDay, day),
    days: day < keptFromDay ? activity.days : addTile(activity.days, [day, uses]),
    features: feature === undefined ? activity.features : seen(activity.features, feature, day),
    ...seatsOf(activity.seats, event),
  };
}

function seatsOf(known: Seats | undefined, event: ActivityEvent): { readonly seats?: Seats } {
  const { activeUsers, licensedSeats } = event.type === 'activity.usage-reported' ? event.data : {};
  const written = (value: number | undefined) => (value === undefined ? undefined : writtenBy(event, value));
  const seats: Seats = {
    activeUsers: laterOf(known?.activeUsers ?? null, written(activeUsers)),
    licensedSeats: laterOf(known?.licensedSeats ?? null, written(licensedSeats)),
  };
  return seats.activeUsers === null && seats.licensedSeats === null ? {} : { seats };
}

function seen(features: readonly FeatureSeen[], feature: string, day: number): readonly FeatureSeen[] {
  const place = placeOfFeature(features, feature);
  const known = features[place];
  const isKnown = known?.[0] === feature;
  if (isKnown && known[1] >= day) return features;
  const copy = features.slice();
  copy.splice(place, isKnown ? 1 : 0, [feature, day]);
  if (copy.length > MAX_FEATURES) copy.splice(indexOfOldest(copy), 1);
  return copy;
}

function placeOfFeature(features: readonly FeatureSeen[], feature: string): number {
  let low = 0;
  let high = features.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((features[middle]?.[0] ?? '') < feature) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of equally old ones the first by name, so that the same features stay in any order of arrival. */
export function indexOfOldest(features: readonly FeatureSeen[]): number {
  let oldest = 0;
  let oldestDay = Number.POSITIVE_INFINITY;
  features.forEach(([, lastDay], index) => {
    if (lastDay < oldestDay) {
      oldest = index;
      oldestDay = lastDay;
    }
  });
  return oldest;
}
