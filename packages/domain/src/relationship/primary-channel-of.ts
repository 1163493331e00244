import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import { firstFrom, type UseTile } from '../signals/day-tiles.ts';
import type { Channel } from './channels.ts';
import { firstTouchDayOf, type TouchSources, type TouchStage, whySilent } from './stage-touches.ts';

export const CHANNEL_WINDOW_DAYS = 90;
/** Stages whose touches come by a channel; a sales step has none, and a survey is asked for (S79). */
const CHANNEL_STAGES: readonly TouchStage[] = ['marketing', 'relationship', 'product', 'support'];

/** The channel by which a customer is touched most (S79). */
export interface PrimaryChannel {
  readonly channel: Channel | null;
  /** Why there is none. */
  readonly why: MissingSignal['why'] | null;
}

/**
 * The channel with the most touches in the last 90 days, of equal ones the first by name (S79): marketing touches and
 * meetings by the channel that they name, each day of product use as `product`, each ticket opened as `support`. Not
 * known while a feed that the customer was seen in is silent: what is missing might be the most.
 */
export function primaryChannelOf(
  sources: TouchSources,
  { today, feeds }: { readonly today: number; readonly feeds: FeedStatuses },
): PrimaryChannel {
  const reasons = CHANNEL_STAGES.map((stage) => whySilent(stage, sources, feeds));
  if (reasons.includes('feed-stale')) return { channel: null, why: 'feed-stale' };
  const channel = modeOf(touchedChannelsOf(sources, today));
  if (channel !== null) return { channel, why: null };
  return { channel: null, why: reasons.every((why) => why === 'feed-absent') ? 'feed-absent' : 'no-data' };
}

/** Touches of one channel in the window. */
interface Touched {
  touches: number;
  /** In no order. */
  readonly days: UseTile[];
}
type TouchedChannels = ReadonlyMap<Channel, Touched>;

function touchedChannelsOf({ signals, relationship }: TouchSources, today: number): TouchedChannels {
  const fromDay = today - CHANNEL_WINDOW_DAYS + 1;
  const channels = new Map<Channel, Touched>();
  const add = (channel: Channel, tile: UseTile) => {
    if (tile[0] < fromDay) return;
    const known = channels.get(channel) ?? { touches: 0, days: [] };
    known.touches += tile[1];
    known.days.push(tile);
    channels.set(channel, known);
  };
  for (const [channel, days] of relationship.touches.marketing) for (const tile of days) add(channel, tile);
  for (const { heldDay, channel } of relationship.engagements.engagements) {
    if (heldDay !== undefined) add(channel ?? 'other', [heldDay, 1]);
  }
  const { days } = signals.activity;
  for (let index = firstFrom(days, fromDay); index < days.length; index += 1)
    add('product', [days[index]?.[0] ?? fromDay, 1]);
  for (const { opened } of signals.tickets) if (opened !== null) add('support', [opened[1], 1]);
  return channels;
}

/** The channel with the most touches, of equal ones the first by name. */
function modeOf(channels: TouchedChannels, besides?: Channel): Channel | null {
  let mode: Channel | null = null;
  let most = 0;
  for (const [channel, { touches }] of channels) {
    if (channel === besides || touches < most) continue;
    if (touches > most || mode === null || channel < mode) mode = channel;
    most = touches;
  }
  return mode;
}

/**
 * First day after today on which another channel may be the primary one, or none: when the touches that have left the
 * window by then are as many as it is ahead by, even if no other channel had lost any. Null: there is none.
 */
export function nextChannelDay(sources: TouchSources, today: number): number | null {
  const channels = touchedChannelsOf(sources, today);
  const first = modeOf(channels);
  if (first === null) return null;
  const { touches, days } = channels.get(first) ?? { touches: 0, days: [] };
  const second = modeOf(channels, first);
  const ahead = touches - (second === null ? 0 : (channels.get(second)?.touches ?? 0));
  // Of equal ones the first by name stays.
  let toLose = second === null || second < first ? ahead : ahead + 1;
  for (const [day, count] of days.toSorted(([a], [b]) => a - b)) {
    toLose -= count;
    if (toLose <= 0) return day + CHANNEL_WINDOW_DAYS;
  }
  return null;
}

/**
 * First marketing touch to first opportunity, in days; negative where sales came first; null: one is not known (S78).
 */
export function marketingToSalesDaysOf(sources: TouchSources): number | null {
  const marketing = firstTouchDayOf('marketing', sources);
  const sales = firstTouchDayOf('sales', sources);
  return marketing === null || sales === null ? null : sales - marketing;
}
