import type { CustomerEventOf } from '@bellwether/events';
import { addTile, dropBefore, type UseTile } from '../signals/day-tiles.ts';
import { earliestDay } from '../signals/entities.ts';
import { type Channel, channelOf } from './channels.ts';
import type { VoiceEvent } from './open-loops.ts';

/** Touches of one channel by day. */
export type ChannelDays = readonly [channel: Channel, days: readonly UseTile[]];

/**
 * Touches that nothing else of the state tells: marketing touches and comments. Uses of the product, tickets, answers
 * to surveys, meetings and sales steps are read from where they are kept already (`stage-touches.ts`), so that nothing
 * is kept twice and a fact that is repeated is one touch.
 */
export interface TouchState {
  /** First marketing touch, at any age (S78). */
  readonly firstMarketingDay: number | null;
  /** In the order of the names of the channels. */
  readonly marketing: readonly ChannelDays[];
  /** First survey answer or comment, at any age. */
  readonly firstFeedbackDay: number | null;
  /** Comments by day. */
  readonly comments: readonly UseTile[];
}

/** Nobody was touched yet. */
export const NO_TOUCHES: TouchState = {
  firstMarketingDay: null,
  marketing: [],
  firstFeedbackDay: null,
  comments: [],
};

/** An event of marketing, or something that the customer said. */
export type TouchEvent = VoiceEvent | CustomerEventOf<'marketing.touch'>;

/** Adds one touch to its day (S78, S79). Touches are increments: whoever calls has dropped repeated event ids. */
export function evolveTouches(touches: TouchState, event: TouchEvent, keptFromDay: number): TouchState {
  if (event.type === 'marketing.touch') return withMarketing(touches, event, keptFromDay);
  const firstFeedbackDay = earliestDay(touches.firstFeedbackDay, event.day);
  const isKept = event.type === 'feedback.comment' && event.day >= keptFromDay;
  const comments = isKept ? addTile(touches.comments, [event.day, 1]) : touches.comments;
  const isSame = firstFeedbackDay === touches.firstFeedbackDay && comments === touches.comments;
  return isSame ? touches : { ...touches, firstFeedbackDay, comments };
}

function withMarketing(
  touches: TouchState,
  { day, data }: CustomerEventOf<'marketing.touch'>,
  keptFromDay: number,
): TouchState {
  const firstMarketingDay = earliestDay(touches.firstMarketingDay, day);
  if (day < keptFromDay) {
    return firstMarketingDay === touches.firstMarketingDay ? touches : { ...touches, firstMarketingDay };
  }
  const channel = channelOf(data.channel);
  const known = touches.marketing.find(([name]) => name === channel);
  const added: ChannelDays = [channel, addTile(known?.[1] ?? [], [day, 1])];
  const others = touches.marketing.filter((entry) => entry !== known);
  const marketing = [...others, added].sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...touches, firstMarketingDay, marketing };
}

/** Forgets the touches before `keptFromDay`; the same reference when there are none. */
export function dropOldTouches(touches: TouchState, keptFromDay: number): TouchState {
  const comments = dropBefore(touches.comments, keptFromDay);
  const isOld = touches.marketing.some(([, days]) => dropBefore(days, keptFromDay) !== days);
  if (!isOld && comments === touches.comments) return touches;
  const marketing = touches.marketing.flatMap(([channel, days]): readonly ChannelDays[] => {
    const kept = dropBefore(days, keptFromDay);
    return kept.length === 0 ? [] : [[channel, kept]];
  });
  return { ...touches, marketing, comments };
}
