import type { CustomerEvent, EventType, FeedStatuses } from '@bellwether/events';

/**
 * For tests only: what the relationship reads, computed anew from all events, the long way. Shares no code with what it
 * judges: it takes nothing but the types of events.
 */

const DAY_MS = 86_400_000;
const STAGES = ['marketing', 'sales', 'relationship', 'product', 'support'] as const;
type Stage = (typeof STAGES)[number];

interface Situation {
  readonly events: readonly CustomerEvent[];
  readonly today: number;
  readonly feeds: FeedStatuses;
}

type Of<T extends EventType> = Extract<CustomerEvent, { readonly type: T }>;

function ofTypes<T extends EventType>(events: readonly CustomerEvent[], ...types: readonly T[]): Of<T>[] {
  return events.filter((event): event is Of<T> => types.some((type) => type === event.type));
}

/** First, or last, day of each fact. */
function dayOfEach<E extends CustomerEvent>(
  events: readonly E[],
  { key, pick }: { key: (event: E) => string; pick: (...days: number[]) => number },
): number[] {
  const days = new Map<string, number>();
  for (const event of events) days.set(key(event), pick(event.day, days.get(key(event)) ?? event.day));
  return [...days.values()];
}

const OUTREACH = 'engagement.outreach-sent';
const MEETINGS = ['engagement.qbr-held', 'engagement.meeting-held'] as const;

/** Days of touches, one entry a touch. */
function touchDays(stage: Stage, events: readonly CustomerEvent[]): number[] {
  switch (stage) {
    case 'marketing':
      return ofTypes(events, 'marketing.touch').map(({ day }) => day);
    case 'sales':
      return salesDays(events);
    case 'relationship':
      return dayOfEach(ofTypes(events, OUTREACH, ...MEETINGS), {
        key: ({ data }) => data.engagementId,
        pick: Math.max,
      });
    case 'product':
      return [...new Set(ofTypes(events, 'activity.login', 'activity.feature-used').map(({ day }) => day))];
    case 'support':
      return [
        ...dayOfEach(ofTypes(events, 'ticket.opened'), {
          key: ({ data }) => data.ticketId,
          pick: Math.min,
        }),
        ...ofTypes(events, 'feedback.nps', 'feedback.csat', 'feedback.ces', 'feedback.comment').map(
          ({ day }) => day,
        ),
      ];
  }
}

/** Of each opportunity the days on which it was created, its stage told last, and it was won; one day once. */
function salesDays(events: readonly CustomerEvent[]): number[] {
  const all = ofTypes(events, 'opportunity.created', 'opportunity.stage-changed', 'opportunity.won');
  return [...new Set(all.map(({ data }) => data.opportunityId))].flatMap((id) => {
    const own = all.filter(({ data }) => data.opportunityId === id).sort(later);
    const created = own.filter(({ type }) => type === 'opportunity.created').map(({ day }) => day);
    const staged = own.filter(({ data }) => data.stage !== undefined).map(({ day }) => day);
    const won = own.filter(({ type }) => type === 'opportunity.won').map(({ day }) => day);
    return [...new Set([...created.slice(0, 1), ...staged.slice(-1), ...won.slice(0, 1)])];
  });
}

function later(a: CustomerEvent, b: CustomerEvent): number {
  return a.time - b.time || (a.id < b.id ? -1 : 1);
}

function isBegun(stage: Stage, events: readonly CustomerEvent[]): boolean {
  return stage === 'sales'
    ? ofTypes(events, 'opportunity.created').length > 0
    : touchDays(stage, events).length > 0;
}

function firstDay(stage: Stage, events: readonly CustomerEvent[]): number {
  const days =
    stage === 'sales'
      ? ofTypes(events, 'opportunity.created').map(({ day }) => day)
      : stage === 'relationship'
        ? ofTypes(events, OUTREACH, ...MEETINGS).map(({ day }) => day)
        : touchDays(stage, events);
  return Math.min(...days);
}

const FEEDS_OF = {
  marketing: ['marketing'],
  sales: ['opportunity'],
  relationship: ['engagement'],
  product: ['activity'],
  support: ['ticket', 'feedback'],
} as const;

function isHeard(stage: Stage, { events, feeds }: Situation): boolean {
  const statuses = FEEDS_OF[stage].flatMap((feed) => feeds[feed] ?? []);
  return statuses.length > 0 && isBegun(stage, events) && statuses.every(({ status }) => status === 'fresh');
}

/** A feed that the customer was seen in, or stands beside one that it was, has stopped. */
function isAnySilent(stages: readonly Stage[], { events, feeds }: Situation): boolean {
  return stages.some(
    (stage) => isBegun(stage, events) && FEEDS_OF[stage].some((feed) => feeds[feed]?.status === 'stale'),
  );
}

function mondayOnOrBefore(day: number): number {
  let monday = day;
  while (new Date(monday * DAY_MS).getUTCDay() !== 1) monday -= 1;
  return monday;
}

function mondayOnOrAfter(day: number): number {
  let monday = day;
  while (new Date(monday * DAY_MS).getUTCDay() !== 1) monday += 1;
  return monday;
}

/** Consistency of one stage, 0..100, unrounded; null: none. */
function consistencyOfStage(stage: Stage, situation: Situation): number | null {
  if (!isHeard(stage, situation)) return null;
  const end = mondayOnOrBefore(situation.today);
  const begin = Math.max(mondayOnOrAfter(firstDay(stage, situation.events)), end - 26 * 7);
  const weeks: number[] = [];
  for (let monday = begin; monday < end; monday += 7) {
    weeks.push(touchDays(stage, situation.events).filter((day) => day >= monday && day < monday + 7).length);
  }
  const mean = weeks.reduce((a, b) => a + b, 0) / weeks.length;
  if (weeks.length < 8 || mean === 0) return null;
  const variance = weeks.reduce((sum, count) => sum + (count - mean) ** 2, 0) / weeks.length;
  return 100 * (1 - Math.min(1, Math.sqrt(variance) / mean));
}

/** The mean over the stages, 0..100; null where fewer than two have one. */
export function recomputeConsistency(situation: Situation): number | null {
  const known = STAGES.flatMap((stage) => consistencyOfStage(stage, situation) ?? []);
  return known.length < 2 ? null : known.reduce((a, b) => a + b, 0) / known.length;
}

/** Won per activity, unrounded; null: not known. */
export function recomputeEfficiency(situation: Situation): number | null {
  const { events, today } = situation;
  if (isAnySilent(STAGES, situation) || !isHeard('sales', situation)) return null;
  const end = mondayOnOrBefore(today);
  const isIn = (day: number) => day >= end - 180 && day < end;
  const activities = STAGES.flatMap((stage) => touchDays(stage, events).filter(isIn)).length;
  const won = new Map<number, number>();
  for (const { day, data } of ofTypes(events, 'opportunity.won').sort(later)) {
    if (isIn(day)) won.set(day, data.amountMinor ?? 0);
  }
  const sum = [...won.values()].reduce((a, b) => a + b, 0);
  return activities === 0 ? null : sum / activities;
}

const CHANNEL_NAMES: { readonly [named: string]: string } = {
  mail: 'mail',
  'E-Mail': 'mail',
  phone: 'phone',
  video: 'video',
  'on site': 'on-site',
};
const nameOf = (channel: string | undefined) => CHANNEL_NAMES[channel ?? ''] ?? 'other';

/** The channel with the most touches of 90 days; null: not known. */
export function recomputeChannel(situation: Situation): string | null {
  const { events, today } = situation;
  if (isAnySilent(['marketing', 'relationship', 'product', 'support'], situation)) return null;
  const touches: string[] = [];
  const isIn = (day: number) => day > today - 90;
  for (const { day, data } of ofTypes(events, 'marketing.touch')) {
    if (isIn(day)) touches.push(nameOf(data.channel));
  }
  for (const stage of ['product', 'support'] as const) {
    const days = touchDays(stage, stage === 'support' ? ofTypes(events, 'ticket.opened') : events);
    touches.push(...days.filter(isIn).map(() => stage));
  }
  const held = ofTypes(events, OUTREACH, ...MEETINGS);
  for (const id of new Set(held.map(({ data }) => data.engagementId))) {
    const facts = held.filter(({ data }) => data.engagementId === id);
    const named = facts.flatMap(({ data }) => (data.channel === undefined ? [] : [nameOf(data.channel)]));
    if (isIn(Math.max(...facts.map(({ day }) => day)))) touches.push(named.sort()[0] ?? 'other');
  }
  const names = [...new Set(touches)].sort();
  const count = (name: string) => touches.filter((touch) => touch === name).length;
  const most = Math.max(0, ...names.map(count));
  return names.find((name) => count(name) === most) ?? null;
}

/** People there today, and 90 days ago. */
export function recomputePeople(
  events: readonly CustomerEvent[],
  today: number,
): { there: number; before: number } {
  const facts = ofTypes(events, 'contact.created', 'contact.changed', 'contact.left');
  const ids = [...new Set(facts.map(({ data }) => data.contactId))];
  const isThere = (id: string, day: number) => {
    const own = facts.filter(({ data }) => data.contactId === id);
    const left = own
      .filter(({ type }) => type === 'contact.left')
      .sort(later)
      .at(-1);
    const created = own
      .filter(({ type }) => type === 'contact.created')
      .sort(later)
      .at(-1);
    if (Math.min(...own.map((fact) => fact.day)) > day) return false;
    if (left === undefined || left.day > day) return true;
    return created !== undefined && created.day <= day && later(created, left) > 0;
  };
  const countOn = (day: number) => ids.filter((id) => isThere(id, day)).length;
  return { there: countOn(today), before: countOn(today - 90) };
}

/** Ids of what was said in a year, needs an answer and has none. */
export function recomputeOpenLoops(events: readonly CustomerEvent[], today: number): string[] {
  const poor = ofTypes(events, 'feedback.nps', 'feedback.csat', 'feedback.ces').filter(({ type, data }) => {
    const share = (data.score - data.scaleMin) / (data.scaleMax - data.scaleMin);
    return (type === 'feedback.nps' ? share <= 0.6 : share < 0.5) && data.closedLoopAt === undefined;
  });
  const said = [...poor, ...ofTypes(events, 'feedback.comment')];
  return said.filter(({ day }) => day > today - 365).map(({ id }) => id);
}
