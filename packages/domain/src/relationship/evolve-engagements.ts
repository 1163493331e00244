import { type CustomerEvent, parseDate } from '@bellwether/events';
import { mergeById } from '../merging/merge-sorted.ts';
import { lesserOf } from '../ordering.ts';
import { earliestDay, entityAt, placeOf, withEntity } from '../signals/entities.ts';
import { type Channel, channelOf } from './channels.ts';
import {
  type Engagement,
  type EngagementKind,
  type EngagementLevel,
  type EngagementList,
  MAX_ENGAGEMENTS,
} from './engagement-list.ts';
import { laterKnown, laterStamped, type Stamped, stampedBy } from './stamped.ts';

/** An engagement itself; what is to be done after it is an action item. */
export type EngagementEvent = Exclude<
  Extract<CustomerEvent, { readonly type: `engagement.${string}` }>,
  { readonly type: 'engagement.action-item-recorded' }
>;

const KIND_OF: { readonly [T in EngagementEvent['type']]: EngagementKind } = {
  'engagement.qbr-scheduled': 'qbr',
  'engagement.qbr-held': 'qbr',
  'engagement.qbr-missed': 'qbr',
  'engagement.meeting-held': 'meeting',
  'engagement.outreach-sent': 'outreach',
};
/** The more it is: events of one id that name two kinds make the greater one. */
const KINDS: readonly EngagementKind[] = ['outreach', 'meeting', 'qbr'];
const LEVELS: readonly EngagementLevel[] = ['other', 'VP', 'C'];

/**
 * Adds one fact to an engagement (S20, S36). Repeats change nothing, any order will do.
 *
 * @returns the same reference when nothing changed; undefined when it would be one engagement too many
 */
export function evolveEngagements(list: EngagementList, event: EngagementEvent): EngagementList | undefined {
  const id = event.data.engagementId;
  const place = placeOf(list.engagements, id);
  const known = entityAt(list.engagements, place, id);
  if (known === undefined && list.engagements.length >= MAX_ENGAGEMENTS) return undefined;
  const next = withFact(known, event);
  const firstDay = tookPlace(event) ? earliestDay(list.firstDay, event.day) : list.firstDay;
  if (next === known && firstDay === list.firstDay) return list;
  const engagements = next === known ? list.engagements : withEntity(list.engagements, place, next);
  return { ...list, firstDay, engagements };
}

function withFact(known: Engagement | undefined, event: EngagementEvent): Engagement {
  const next = withFields(event.data.engagementId, {
    kind: greater(KINDS, known?.kind, KIND_OF[event.type]) ?? KIND_OF[event.type],
    scheduled: scheduledOf(known, event),
    heldDay: tookPlace(event) ? latest(known?.heldDay, event.day) : known?.heldDay,
    missedDay:
      event.type === 'engagement.qbr-missed' ? latest(known?.missedDay, event.day) : known?.missedDay,
    level: 'level' in event.data ? greater(LEVELS, known?.level, event.data.level) : known?.level,
    attendees: attendeesOf(known, event),
    channel: heldBy(known, event),
  });
  return known !== undefined && isSame(known, next) ? known : next;
}

/** That a review is in the calendar, or was missed, brings nobody together. */
function tookPlace({ type }: EngagementEvent): boolean {
  return type !== 'engagement.qbr-scheduled' && type !== 'engagement.qbr-missed';
}

/** The date that the instant itself names, in its own offset: the source writes the hour of the meeting there. */
function scheduledOf(known: Engagement | undefined, event: EngagementEvent): Stamped<number> | undefined {
  if (event.type !== 'engagement.qbr-scheduled') return known?.scheduled;
  const day = parseDate(event.data.scheduledAt.slice(0, 10));
  return day === undefined ? known?.scheduled : laterStamped(known?.scheduled, stampedBy(event, day));
}

function attendeesOf(known: Engagement | undefined, event: EngagementEvent): number | undefined {
  const named = tookPlace(event) && 'attendees' in event.data ? event.data.attendees : undefined;
  return named === undefined ? known?.attendees : latest(known?.attendees, named);
}

function heldBy(known: Engagement | undefined, event: EngagementEvent): Channel | undefined {
  if (!tookPlace(event) || event.data.channel === undefined) return known?.channel;
  return firstChannel(known?.channel, channelOf(event.data.channel));
}

function firstChannel(known: Channel | undefined, channel: Channel): Channel {
  return known === undefined || channel < known ? channel : known;
}

function latest(known: number | undefined, day: number): number {
  return known === undefined || day > known ? day : known;
}

function greater<Name>(order: readonly Name[], a: Name | undefined, b: Name | undefined): Name | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** The engagements of two customers as those of one (N23). */
export function mergeEngagements(a: EngagementList, b: EngagementList): EngagementList {
  return {
    firstDay: lesserOf(a.firstDay, b.firstDay),
    engagements: mergeById(a.engagements, b.engagements, joined),
  };
}

function joined(a: Engagement, b: Engagement): Engagement {
  return withFields(a.id, {
    kind: greater(KINDS, a.kind, b.kind) ?? a.kind,
    scheduled: laterKnown(a.scheduled, b.scheduled),
    heldDay: b.heldDay === undefined ? a.heldDay : latest(a.heldDay, b.heldDay),
    missedDay: b.missedDay === undefined ? a.missedDay : latest(a.missedDay, b.missedDay),
    level: greater(LEVELS, a.level, b.level),
    attendees: b.attendees === undefined ? a.attendees : latest(a.attendees, b.attendees),
    channel: b.channel === undefined ? a.channel : firstChannel(a.channel, b.channel),
  });
}

type Fields = { readonly [F in Exclude<keyof Engagement, 'id'>]: Engagement[F] | undefined } & {
  readonly kind: EngagementKind;
};

/** What is not known has no field; the fields are always in one order. */
function withFields(
  id: string,
  { kind, scheduled, heldDay, missedDay, level, attendees, channel }: Fields,
): Engagement {
  return {
    id,
    kind,
    ...(scheduled === undefined ? {} : { scheduled }),
    ...(heldDay === undefined ? {} : { heldDay }),
    ...(missedDay === undefined ? {} : { missedDay }),
    ...(level === undefined ? {} : { level }),
    ...(attendees === undefined ? {} : { attendees }),
    ...(channel === undefined ? {} : { channel }),
  };
}

function isSame(a: Engagement, b: Engagement): boolean {
  return (
    a.kind === b.kind &&
    a.scheduled === b.scheduled &&
    a.heldDay === b.heldDay &&
    a.missedDay === b.missedDay &&
    a.level === b.level &&
    a.attendees === b.attendees &&
    a.channel === b.channel
  );
}

/** Forgets engagements with nothing new since `keptFromDay`; the same reference when there is none. */
export function dropOldEngagements(list: EngagementList, keptFromDay: number): EngagementList {
  const isKept = (engagement: Engagement) => newestDay(engagement) >= keptFromDay;
  return list.engagements.every(isKept) ? list : { ...list, engagements: list.engagements.filter(isKept) };
}

function newestDay({ scheduled, heldDay, missedDay }: Engagement): number {
  const none = Number.NEGATIVE_INFINITY;
  return Math.max(scheduled?.[0] ?? none, scheduled?.[1] ?? none, heldDay ?? none, missedDay ?? none);
}
