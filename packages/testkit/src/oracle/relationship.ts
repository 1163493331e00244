import type { CustomerEvent } from '@bellwether/events';
import { recomputeAccount } from './account.ts';
import { agreementsToday } from './agreement-terms.ts';
import { acceptedEvents, latest, nearest, sumOf } from './common.ts';
import type { OracleContext } from './context.ts';
import { type OracleDepth, recomputeDepth } from './depth.ts';
import { recomputeOpportunities } from './opportunities.ts';
import { recomputeParadox } from './paradox.ts';
import { isThere, recomputePeople } from './people.ts';
import { recomputeReviews } from './reviews.ts';
import { recomputeConsistency, weekStart } from './rhythm.ts';
import { recomputeEngagements, recomputeTouches, type TouchStage, whyNoTouch } from './touches.ts';
import { recomputeUsageGrowth } from './usage-growth.ts';
import { voiceOf } from './voice.ts';

/** The relationship as it is published; parts in their own units, null: not known. */
export interface OracleRelationship {
  readonly depth: OracleDepth;
  readonly parts: Readonly<Record<string, number | null>>;
  readonly labels: Readonly<Record<string, string | null>>;
  readonly missing: Readonly<Record<string, string>>;
}

/** Of other scores as they stand. */
interface Told {
  readonly isStrategic: boolean;
  /** Null: neither an agreement nor a payment is known. */
  readonly ltvMinor: number | null;
}

/** Everything of a relationship (S10, S13, S20, S31, S33, S77-S81, S106, S111). */
export function recomputeRelationship(
  all: readonly CustomerEvent[],
  context: OracleContext,
  told: Told,
): OracleRelationship {
  const events = acceptedEvents(all);
  const depth = recomputeDepth(events, context);
  const consistency = recomputeConsistency(events, context);
  const paradox = recomputeParadox(events, context, { depth, consistency, ltvMinor: told.ltvMinor });
  const efficiency = efficiencyOf(events, context);
  const channel = primaryChannelOf(events, context);
  const people = peopleOf(events, context);
  const account = recomputeAccount(events);
  const path = pathOf(events);
  const reviews = recomputeReviews(events, { isStrategic: told.isStrategic, sinceDay: account.sinceDay });
  const engagement = context.feeds.engagement?.status;
  const isHeard = engagement === 'fresh';
  const voice = voiceOf(events, context);
  const missing: Record<string, string> = { ...depth.missing };
  for (const [stage, value] of Object.entries(consistency.stages))
    if (typeof value === 'string') missing[`consistency.${stage}`] = value;
  const growth = recomputeUsageGrowth(events, context);
  const singles = {
    usageGrowth: growth,
    efficiency,
    primaryChannel: channel,
    ease: voice.ease,
    activeStakeholders: people.active,
  };
  for (const [name, value] of Object.entries(singles))
    if (typeof value === 'string' && WHYS.includes(value)) missing[name] = value;
  if (told.isStrategic && !isHeard) missing.qbr = engagement === undefined ? 'feed-absent' : 'feed-stale';
  return {
    depth,
    parts: {
      consistency: consistency.value,
      ...withPrefix('consistency.', numbersOf(consistency.stages)),
      paradox: paradox === null ? null : Number(paradox.length > 0),
      efficiencyMinor: numberOf(efficiency),
      marketingToSalesDays: marketingToSales(recomputeTouches(events)),
      activeStakeholders: numberOf(people.active),
      stakeholderTrend: people.trend,
      withEmail: people.withEmail,
      withEmailBasisPoints: people.withEmailBasisPoints,
      usageGrowthBasisPoints: numberOf(growth),
      ...withPrefix('active.', people.byRole),
      ...meetingsOf(events, context),
      accountSinceDay: account.sinceDay,
      ...Object.fromEntries(
        (path?.days ?? []).flatMap((days, at) => (at === 0 ? [] : [[`path.${at}.days`, days]])),
      ),
      qbrHeldDay: reviews.heldDay,
      qbrDueDay: isHeard ? reviews.dueDay : null,
      qbrMissedDay: reviews.missedDay,
      openLoops: voice.open,
      overdueLoops: voice.overdue,
      ease: numberOf(voice.ease),
    },
    labels: {
      primaryChannel: WHYS.includes(channel) ? null : channel,
      path: path === null ? null : path.types.join(' > '),
      accountSinceSource: account.source,
      qbrBasis: isHeard ? reviews.basis : null,
      paradoxReasons: paradox === null || paradox.length === 0 ? null : paradox.join(', '),
    },
    missing,
  };
}

const WHYS = ['feed-absent', 'feed-stale', 'no-data'];

function numberOf(value: number | string): number | null {
  return typeof value === 'number' ? value : null;
}

function numbersOf(values: Readonly<Record<string, number | string>>): Readonly<Record<string, number>> {
  const known = Object.entries(values).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return Object.fromEntries(known);
}

function withPrefix(
  prefix: string,
  values: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}

/** Won by touch, in the 180 days before the present week (S77). */
function efficiencyOf(events: readonly CustomerEvent[], context: OracleContext): number | string {
  const stages = recomputeTouches(events);
  const why = stages.map((stage) => whyNoTouch(stage, context));
  if (why.includes('feed-stale')) return 'feed-stale';
  const sales = stages.find(({ stage }) => stage === 'sales');
  const whyNoSales = sales === undefined ? 'no-data' : whyNoTouch(sales, context);
  if (whyNoSales !== undefined) return whyNoSales;
  const end = weekStart(context.today);
  const isIn = (day: number | null) => day !== null && day >= end - 180 && day < end;
  const activities = stages.flatMap(({ touches }) => touches.filter(({ day }) => isIn(day))).length;
  if (activities === 0) return 'no-data';
  const won = recomputeOpportunities(events).filter(
    ({ outcome, decidedDay }) => outcome === 'won' && isIn(decidedDay),
  );
  return nearest(sumOf(won.map(({ amountMinor }) => amountMinor)), activities);
}

/** The channel with the most touches in 90 days, of equal ones the first by name (S79). */
function primaryChannelOf(events: readonly CustomerEvent[], context: OracleContext): string {
  const stages = recomputeTouches(events).filter(({ stage }) => stage !== 'sales');
  const why = stages.map((stage) => whyNoTouch(stage, context));
  if (why.includes('feed-stale')) return 'feed-stale';
  const counts = new Map<string, number>();
  for (const { day, channel } of stages.flatMap(({ touches }) => touches))
    if (channel !== null && day > context.today - 90) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  const [first] = [...counts].sort(([a, most], [b, other]) => other - most || (a < b ? -1 : 1));
  if (first !== undefined) return first[0];
  return why.every((reason) => reason === 'feed-absent') ? 'feed-absent' : 'no-data';
}

/** First marketing touch to first opportunity (S78). */
function marketingToSales(stages: readonly TouchStage[]): number | null {
  const firstOf = (name: string) => stages.find(({ stage }) => stage === name)?.firstDay ?? null;
  const [marketing, sales] = [firstOf('marketing'), firstOf('sales')];
  return marketing === null || sales === null ? null : sales - marketing;
}

const ROLES: Readonly<Record<string, string>> = { CFO: 'executive', engineer: 'technical' };

function peopleOf(events: readonly CustomerEvent[], { today, feeds }: OracleContext) {
  const people = recomputePeople(events);
  const there = people.filter((person) => isThere(person, today));
  const withEmail = people.length === 0 ? null : there.filter(({ hasEmail }) => hasEmail === true).length;
  const told = there.filter(({ hasEmail }) => hasEmail !== undefined).length;
  const withEmailBasisPoints = told === 0 ? null : nearest(10_000 * (withEmail ?? 0), told);
  if (people.length === 0 || feeds.contact?.status === 'stale') {
    const none = feeds.contact === undefined ? 'feed-absent' : 'no-data';
    return {
      active: people.length > 0 ? 'feed-stale' : none,
      trend: null,
      byRole: {},
      withEmail,
      withEmailBasisPoints,
    };
  }
  const active = there.filter(({ lastDay }) => lastDay > today - 90);
  const byRole: Record<string, number> = {};
  for (const { role } of active) {
    const group = ROLES[role ?? ''] ?? 'other';
    byRole[group] = (byRole[group] ?? 0) + 1;
  }
  const before = people.filter((person) => isThere(person, today - 90));
  return {
    active: active.length,
    trend: there.length - before.length,
    byRole,
    withEmail,
    withEmailBasisPoints,
  };
}

function meetingsOf(events: readonly CustomerEvent[], { today, feeds }: OracleContext) {
  const meetings = recomputeEngagements(events).filter(({ isMessage }) => !isMessage);
  const isSince = (days: number) => (one: { readonly heldDay: number | null }) =>
    one.heldDay !== null && one.heldDay > today - days;
  const executive = meetings.filter(isSince(365)).filter(({ level }) => level === 'C');
  const lastExecutiveDay = latest(executive.flatMap(({ heldDay }) => heldDay ?? []));
  if (feeds.engagement?.status !== 'fresh') return { lastExecutiveDay, mostAttendees: null };
  const counts: Record<string, number> = {};
  const recent = meetings.filter(isSince(90));
  for (const { level } of recent) {
    const name = `meetings.${level ?? 'other'}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return {
    ...counts,
    lastExecutiveDay,
    mostAttendees: latest(recent.flatMap(({ attendees }) => attendees ?? [])),
  };
}

/** Types of agreements from the first MSA on, in the order in which they were made (S13). */
function pathOf(events: readonly CustomerEvent[]) {
  const order = ['MSA', 'SOW', 'service', 'other'];
  const made = agreementsToday(events, 0)
    .filter(({ status, agreementType }) => status !== 'void' && agreementType !== null)
    .map(({ madeDay, agreementType }) => ({ day: madeDay, type: agreementType ?? '' }))
    .sort((a, b) => a.day - b.day || order.indexOf(a.type) - order.indexOf(b.type));
  const from = made.findIndex(({ type }) => type === 'MSA');
  if (from === -1) return null;
  const first = made[from]?.day ?? 0;
  const steps = made
    .slice(from)
    .filter(({ type }, at, all) => type !== all[at - 1]?.type)
    .slice(0, 8);
  return { types: steps.map(({ type }) => type), days: steps.map(({ day }) => day - first) };
}
