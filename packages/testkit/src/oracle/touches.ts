import type { CustomerEvent, Feed } from '@bellwether/events';
import {
  acceptedEvents,
  earliest,
  epochDay,
  groupedBy,
  inOrderOfWriting,
  isSaid,
  latest,
  ofTypes,
  type Why,
} from './common.ts';
import type { OracleContext } from './context.ts';
import { recomputeOpportunities } from './opportunities.ts';

/** A meeting, review or message as all events of one id tell it. */
export interface OracleEngagement {
  readonly isMessage: boolean;
  readonly isReview: boolean;
  /** The day it is scheduled for, as told last. */
  readonly scheduledDay: number | null;
  /** The latest day on which it took place. */
  readonly heldDay: number | null;
  readonly level: 'C' | 'VP' | 'other' | null;
  readonly attendees: number | null;
  readonly channel: string;
}

const LEVELS = ['other', 'VP', 'C'] as const;

/** Everything that was scheduled, held, missed or sent, by its id (S20, S36). */
export function recomputeEngagements(events: readonly CustomerEvent[]): readonly OracleEngagement[] {
  const told = ofTypes(
    acceptedEvents(events),
    'engagement.qbr-scheduled',
    'engagement.qbr-held',
    'engagement.qbr-missed',
    'engagement.meeting-held',
    'engagement.outreach-sent',
  );
  return [...groupedBy(told, ({ data }) => data.engagementId).values()].map((facts) => {
    const held = ofTypes(facts, 'engagement.qbr-held', 'engagement.meeting-held', 'engagement.outreach-sent');
    const scheduled = ofTypes(inOrderOfWriting(facts), 'engagement.qbr-scheduled').at(-1);
    const levels = facts.flatMap(({ data }) =>
      'level' in data ? [LEVELS.indexOf(data.level ?? 'other')] : [],
    );
    const attendees = held.flatMap(({ data }) => ('attendees' in data ? [data.attendees ?? 0] : []));
    const channels = held.flatMap(({ data }) =>
      data.channel === undefined ? [] : [channelOf(data.channel)],
    );
    return {
      isMessage: facts.every(({ type }) => type === 'engagement.outreach-sent'),
      isReview: facts.some(({ type }) => type.startsWith('engagement.qbr-')),
      scheduledDay: scheduled === undefined ? null : epochDay(scheduled.data.scheduledAt.slice(0, 10)),
      heldDay: latest(held.map(({ day }) => day)),
      level: LEVELS[latest(levels) ?? -1] ?? null,
      attendees: latest(attendees),
      channel: channels.sort()[0] ?? 'other',
    };
  });
}

/** The one name of a channel; these tests know no others. */
export function channelOf(named: string): string {
  const plain = named.toLowerCase();
  return plain === 'email' ? 'mail' : plain;
}

/** One day on which a stage had touches. */
export interface Touch {
  readonly day: number;
  /** By which channel; null: by none. */
  readonly channel: string | null;
}

/** The touches of a stage (S31), the feeds that tell of them, and the first day of any of it. */
export interface TouchStage {
  readonly stage: string;
  readonly feeds: readonly Feed[];
  readonly touches: readonly Touch[];
  readonly firstDay: number | null;
}

/** Every touch, stage by stage. */
export function recomputeTouches(all: readonly CustomerEvent[]): readonly TouchStage[] {
  const events = acceptedEvents(all);
  const daysOf = (isOf: (type: string) => boolean) =>
    events.filter(({ type }) => isOf(type)).map(({ day }) => day);
  const by = (channel: string | null) => (day: number) => ({ day, channel });
  const engagements = recomputeEngagements(events);
  const opportunities = recomputeOpportunities(events);
  const tickets = ofTypes(events, 'ticket.opened', 'ticket.escalated', 'ticket.responded', 'ticket.resolved');
  const held = ['engagement.qbr-held', 'engagement.meeting-held', 'engagement.outreach-sent'];
  const marketing = ofTypes(events, 'marketing.touch');
  const used = [...new Set(daysOf((type) => type.startsWith('activity.')))];
  return [
    {
      stage: 'marketing',
      feeds: ['marketing'],
      touches: marketing.map(({ day, data }) => ({ day, channel: channelOf(data.channel) })),
      firstDay: earliest(marketing.map(({ day }) => day)),
    },
    {
      stage: 'sales',
      feeds: ['opportunity'],
      touches: opportunities.flatMap(({ createdDay, stageDay, decidedDay }) => {
        const days = new Set([createdDay, stageDay, decidedDay].flatMap((day) => day ?? []));
        return [...days].map(by(null));
      }),
      firstDay: earliest(opportunities.flatMap(({ createdDay }) => createdDay ?? [])),
    },
    {
      stage: 'relationship',
      feeds: ['engagement'],
      touches: engagements.flatMap(({ heldDay, channel }) =>
        heldDay === null ? [] : [{ day: heldDay, channel }],
      ),
      firstDay: earliest(daysOf((type) => held.includes(type))),
    },
    { stage: 'product', feeds: ['activity'], touches: used.map(by('product')), firstDay: earliest(used) },
    {
      stage: 'support',
      feeds: ['ticket', 'feedback'],
      touches: [...firstOpenings(tickets).map(by('support')), ...daysOf(isSaid).map(by(null))],
      firstDay: earliest(daysOf((type) => type.startsWith('ticket.') || isSaid(type))),
    },
  ];
}

/** An event of a ticket. */
export type TicketEvent = Extract<CustomerEvent, { readonly type: `ticket.${string}` }>;

/** The day of the first opening of each ticket. */
export function firstOpenings(tickets: readonly TicketEvent[]): readonly number[] {
  return [...groupedBy(tickets, ({ data }) => data.ticketId).values()].flatMap((facts) => {
    const opened = facts.filter(({ type }) => type === 'ticket.opened').sort((a, b) => a.time - b.time)[0];
    return opened === undefined ? [] : [opened.day];
  });
}

/** Why the days without a touch of a stage say nothing; undefined: they are days without a touch. */
export function whyNoTouch({ feeds, firstDay }: TouchStage, context: OracleContext): Why | undefined {
  const statuses = feeds.flatMap((feed) => context.feeds[feed]?.status ?? []);
  if (statuses.length === 0) return 'feed-absent';
  if (firstDay === null) return 'no-data';
  return statuses.includes('stale') ? 'feed-stale' : undefined;
}
