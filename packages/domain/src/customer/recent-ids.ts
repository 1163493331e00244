import { DAY_MS, shortHash } from '@bellwether/events';

/** How far back a repeated event is recognised by its id (design section 3.7). */
export const RECENT_DAYS = 7;
export const RECENT_COUNT = 2_048;
const WIDTH = 8;

/** Ids received on one UTC day, eight characters each, in order of arrival. */
export interface RecentDay {
  readonly receivedDay: number;
  readonly ids: string;
}

/** Identities of a customer's last events. */
export interface RecentIds {
  readonly days: readonly RecentDay[];
  /** Newest day of receipt of which ids were dropped because of their number; null: the seven days are complete. */
  readonly cutDay: number | null;
}

/** Nothing received yet. */
export function initialRecentIds(): RecentIds {
  return { days: [], cutDay: null };
}

/** Stands for the identity of an event, (source, id), with 48 bits. */
export function recentIdOf(event: { readonly source: string; readonly id: string }): string {
  return shortHash(`${event.source}\u0000${event.id}`);
}

/** True when the id is among the recent ones. */
export function hasRecentId(recent: RecentIds, recentId: string): boolean {
  return recent.days.some(({ ids }) => holds(ids, recentId));
}

/** A match that does not begin at a multiple of eight lies across two ids. */
function holds(ids: string, recentId: string): boolean {
  for (let at = ids.indexOf(recentId); at !== -1; at = ids.indexOf(recentId, at + 1)) {
    if (at % WIDTH === 0) return true;
  }
  return false;
}

/** Adds an id under the day of its receipt (epoch ms) and forgets what is too old or too much. */
export function withRecentId(recent: RecentIds, recentId: string, receivedAt: number): RecentIds {
  const receivedDay = Math.floor(receivedAt / DAY_MS);
  const newest = recent.days.at(-1);
  if (newest !== undefined && newest.receivedDay === receivedDay) {
    return bounded([...recent.days.slice(0, -1), { receivedDay, ids: newest.ids + recentId }], recent.cutDay);
  }
  if (newest === undefined || newest.receivedDay < receivedDay) {
    const days = recent.days.filter((day) => day.receivedDay > receivedDay - RECENT_DAYS);
    const isCutOver = recent.cutDay !== null && recent.cutDay <= receivedDay - RECENT_DAYS;
    return bounded([...days, { receivedDay, ids: recentId }], isCutOver ? null : recent.cutDay);
  }
  return withEarlierDay(recent, recentId, receivedDay);
}

/** Two ways in may stamp receipts a moment apart, so a day can come after the next one has begun. */
function withEarlierDay(recent: RecentIds, recentId: string, receivedDay: number): RecentIds {
  const newestDay = recent.days.at(-1)?.receivedDay ?? receivedDay;
  if (receivedDay <= newestDay - RECENT_DAYS) return recent;
  const days = recent.days.map((day) =>
    day.receivedDay === receivedDay ? { receivedDay, ids: day.ids + recentId } : day,
  );
  if (!days.some((day) => day.receivedDay === receivedDay)) {
    days.push({ receivedDay, ids: recentId });
    days.sort((a, b) => a.receivedDay - b.receivedDay);
  }
  return bounded(days, recent.cutDay);
}

function bounded(days: readonly RecentDay[], cutDay: number | null): RecentIds {
  let count = 0;
  for (const { ids } of days) count += ids.length / WIDTH;
  const oldest = days[0];
  if (count <= RECENT_COUNT || oldest === undefined) return { days, cutDay };
  const rest = oldest.ids.slice((count - RECENT_COUNT) * WIDTH);
  const kept =
    rest === '' ? days.slice(1) : [{ receivedDay: oldest.receivedDay, ids: rest }, ...days.slice(1)];
  return { days: kept, cutDay: Math.max(cutDay ?? oldest.receivedDay, oldest.receivedDay) };
}
