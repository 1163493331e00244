import type { Feed, FeedStatuses, MissingSignal } from '@bellwether/events';
import { closedDayOf, type OpportunityList } from '../opportunities/opportunities-state.ts';
import { firstFrom } from '../signals/day-tiles.ts';
import type { SignalState } from '../signals/state.ts';
import type { RelationshipState } from './relationship-state.ts';

/** The stages of a customer's life with the vendor, in the order in which they come (S31). */
export const TOUCH_STAGES = ['marketing', 'sales', 'relationship', 'product', 'support'] as const;
export type TouchStage = (typeof TOUCH_STAGES)[number];

/** What touches are read from. */
export interface TouchSources {
  readonly signals: SignalState;
  readonly relationship: RelationshipState;
  readonly opportunities: OpportunityList;
}

type Visit = (day: number, touches: number) => void;

/** Which touches to visit: those on or after a day. */
export interface TouchVisit {
  readonly fromDay: number;
  readonly visit: Visit;
}

interface StageReader {
  readonly feeds: readonly Feed[];
  /** Day of the first touch at any age; null: none ever. */
  readonly firstDay: (sources: TouchSources) => number | null;
  /** May leave out what is before `fromDay`, where that saves looking at it. */
  readonly each: (sources: TouchSources, visit: Visit, fromDay: number) => void;
}

const READERS: { readonly [S in TouchStage]: StageReader } = {
  marketing: {
    feeds: ['marketing'],
    firstDay: ({ relationship }) => relationship.touches.firstMarketingDay,
    each: ({ relationship }, visit) => {
      for (const [, days] of relationship.touches.marketing) {
        for (const [day, count] of days) visit(day, count);
      }
    },
  },
  sales: {
    feeds: ['opportunity'],
    firstDay: ({ opportunities }) => firstOf(opportunities.map(({ createdDay }) => createdDay)),
    each: ({ opportunities }, visit) => {
      for (const opportunity of opportunities) {
        const { createdDay, stage } = opportunity;
        for (const day of new Set([createdDay, stage?.day ?? null, closedDayOf(opportunity)])) {
          if (day !== null) visit(day, 1);
        }
      }
    },
  },
  relationship: {
    feeds: ['engagement'],
    firstDay: ({ relationship }) => relationship.engagements.firstDay,
    each: ({ relationship }, visit) => {
      for (const { heldDay } of relationship.engagements.engagements) {
        if (heldDay !== undefined) visit(heldDay, 1);
      }
    },
  },
  product: {
    feeds: ['activity'],
    firstDay: ({ signals }) => signals.activity.firstDay,
    each: ({ signals: { activity } }, visit, fromDay) => {
      const { days } = activity;
      for (let index = firstFrom(days, fromDay); index < days.length; index += 1)
        visit(days[index]?.[0] ?? fromDay, 1);
    },
  },
  support: {
    feeds: ['ticket', 'feedback'],
    firstDay: ({ signals, relationship }) =>
      firstOf([signals.firstTicketDay, relationship.touches.firstFeedbackDay]),
    each: ({ signals, relationship }, visit) => {
      for (const { opened } of signals.tickets) if (opened !== null) visit(opened[1], 1);
      for (const { days } of [signals.nps, signals.csat, signals.ces]) {
        for (const [day, answers] of days) visit(day, answers);
      }
      for (const [day, count] of relationship.touches.comments) visit(day, count);
    },
  },
};

function firstOf(days: readonly (number | null)[]): number | null {
  let first: number | null = null;
  for (const day of days) if (day !== null && (first === null || day < first)) first = day;
  return first;
}

/**
 * Every touch of a stage from a day within the horizon on, in no order (S31, D9): a marketing touch; an opportunity
 * created, brought to its present stage, won or lost, once a day; a meeting, review or message that took place; a day
 * on which the product was used; a ticket opened, a survey answered, a comment made. A fact that is told twice is one
 * touch.
 */
export function eachTouch(stage: TouchStage, sources: TouchSources, { fromDay, visit }: TouchVisit): void {
  READERS[stage].each(
    sources,
    (day, touches) => {
      if (day >= fromDay) visit(day, touches);
    },
    fromDay,
  );
}

/** Day of the first touch of a stage, at any age; null: none ever. */
export function firstTouchDayOf(stage: TouchStage, sources: TouchSources): number | null {
  return READERS[stage].firstDay(sources);
}

/**
 * Why the days without a touch of a stage say nothing (S76, D20): the tenant never delivered it, this customer was
 * never seen in it, or one of its feeds is silent. Undefined: they are days without a touch.
 */
export function whySilent(
  stage: TouchStage,
  sources: TouchSources,
  feeds: FeedStatuses,
): MissingSignal['why'] | undefined {
  const statuses = READERS[stage].feeds.map((feed) => feeds[feed]).filter((status) => status !== undefined);
  if (statuses.length === 0) return 'feed-absent';
  if (firstTouchDayOf(stage, sources) === null) return 'no-data';
  return statuses.some(({ status }) => status === 'stale') ? 'feed-stale' : undefined;
}
