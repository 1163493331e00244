import { type ClockRecord, FEEDS, type Feed, feedOf, type ReceivedEvent } from '@bellwether/events';
import type { Output } from '@bellwether/stream';

interface FeedNote {
  /** Newest day (epoch day) an event of the feed fell on, and when it was received (epoch ms). */
  readonly day: number;
  readonly at: number;
  /** Newest day that `clock` was told; null: none yet. */
  readonly toldDay: number | null;
}
/** Head of a tenant: the newest day of each feed (design section 3.4). */
export interface FeedHead {
  readonly feeds: { readonly [F in Feed]?: FeedNote };
}
export const NO_FEEDS: FeedHead = { feeds: {} };

/** Folds one event into its tenant's head; the same reference when its feed was seen on that day or a later one. */
export function noteFeed(head: FeedHead, { event }: ReceivedEvent): FeedHead {
  const feed = feedOf(event.type);
  if (feed === undefined) return head;
  const known = head.feeds[feed];
  if (known && known.day >= event.day) return head;
  const note = { day: event.day, at: event.receivedAt, toldDay: known?.toldDay ?? null };
  return { feeds: { ...head.feeds, [feed]: note } };
}

/** Tells `clock` of feeds seen on a new day: at most one record for each feed and day. */
export function tellFeeds(
  head: FeedHead,
  tenant: string,
): { head: FeedHead; outputs: readonly Output<'clock'>[] } {
  const outputs: Output<'clock'>[] = [];
  const feeds: { [F in Feed]?: FeedNote } = { ...head.feeds };
  for (const feed of FEEDS) {
    const note = head.feeds[feed];
    if (!note || note.toldDay === note.day) continue;
    const value: ClockRecord = { kind: 'feed-seen', tenant, feed, day: note.day, at: note.at };
    outputs.push({ output: 'clock', key: tenant, value });
    feeds[feed] = { ...note, toldDay: note.day };
  }
  return outputs.length === 0 ? { head, outputs } : { head: { feeds }, outputs };
}
