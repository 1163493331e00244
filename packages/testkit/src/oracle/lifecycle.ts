import type { CustomerEvent, Feed } from '@bellwether/events';
import { agreementFacts, agreementsOn, agreementsToday } from './agreement-terms.ts';
import { effectDay } from './agreements.ts';
import { isActive } from './churn-readings.ts';
import {
  acceptedEvents,
  earliest,
  inOrderOfWriting,
  isSaid,
  latest,
  ofTypes,
  satisfactionHundredths,
  sumOf,
} from './common.ts';
import type { OracleContext } from './context.ts';
import { recomputeJourney } from './journey.ts';
import { silentFeeds } from './seen-feeds.ts';
import { firstOpenings } from './touches.ts';

/** Where a customer is (S35, S89, D11), as it is published. */
export interface OracleLifecycle {
  readonly labels: Readonly<Record<string, string | null>>;
  readonly parts: Readonly<Record<string, number | null>>;
  readonly uncertain: boolean;
  readonly missing: Readonly<Record<string, string>>;
}

/** Of the other scores as they stand. */
interface Told {
  readonly health: number | null;
  /** A feed that health is read from has stopped. */
  readonly isHealthSilent: boolean;
  /** Of the lifecycle itself before: an advocate is held through a silence. */
  readonly wasAdvocate: boolean;
}

/** Journey and value stage on a day. */
export function recomputeLifecycle(
  events: readonly CustomerEvent[],
  context: OracleContext,
  told: Told,
): OracleLifecycle {
  const { today, feeds } = context;
  const journey = recomputeJourney(events, today, isAdvocate(events, context, told));
  const value = valueStage(events, context);
  const missing: Record<string, string> = {};
  for (const feed of silentFeeds(events, feeds)) missing[feed] = 'feed-stale';
  const isAtStake = journey.stage === 'retention' || journey.stage === 'advocacy';
  if (isAtStake && told.isHealthSilent) missing.health = 'feed-stale';
  const uncertain = Object.keys(missing).length > 0;
  if (value.why !== null && value.why[1] !== 'feed-stale') missing[value.why[0]] = value.why[1];
  const { refusedStage, refusedCode, refusedDay } = journey;
  return {
    labels: { journeyStage: journey.stage, valueStage: value.stage, refusedStage, refusedCode },
    parts: { journeySinceDay: journey.sinceDay, refusedStages: journey.refused, refusedDay },
    uncertain,
    missing,
  };
}

/** Healthy, and a promoter by the last NPS of at most 365 days ago (S103). */
function isAdvocate(
  events: readonly CustomerEvent[],
  { today, feeds }: OracleContext,
  { health, isHealthSilent, wasAdvocate }: Told,
): boolean {
  if (isHealthSilent || feeds.feedback?.status === 'stale') return wasAdvocate;
  return isPromoter(events, today) === true && (health ?? 0) >= 8_000;
}

/** Whether the last NPS answer is a promoter's; null: there is none of the last 365 days. */
export function isPromoter(events: readonly CustomerEvent[], today: number): boolean | null {
  const last = inOrderOfWriting(ofTypes(acceptedEvents(events), 'feedback.nps')).at(-1);
  if (last === undefined || today - last.day > 365) return null;
  return satisfactionHundredths(last) >= 9_000;
}

interface ValueStage {
  readonly stage: string;
  readonly why: readonly [signal: string, why: string] | null;
}

function valueStage(all: readonly CustomerEvent[], context: OracleContext): ValueStage {
  const { today, feeds } = context;
  const events = acceptedEvents(all);
  const agreements = agreementsToday(events, today).filter(({ status }) => status !== 'void');
  const hasPaid = ofTypes(events, 'payment.paid').length > 0;
  const unclassified = (signal: string, why: string) => ({
    stage: 'unclassified',
    why: [signal, why] as const,
  });
  if (agreements.length === 0 && !hasPaid) return unclassified('value', 'no-data');
  const { day, why } = lastActivity(events, context);
  if (day === null || day <= today - 90)
    return why === null ? { stage: 'dormant', why: null } : unclassified('activity', why);
  if (agreements.length > 0 && feeds.agreement?.status === 'stale')
    return unclassified('agreement', 'feed-stale');
  if (hasPaid && feeds.payment?.status === 'stale') return unclassified('payment', 'feed-stale');
  if (isGrowing(events, today)) return { stage: 'growth', why: null };
  const ends = agreements.filter(isActive).flatMap(({ lastDay, closingDay }) => {
    const end = earliest([lastDay, closingDay === null ? null : closingDay - 1].flatMap((one) => one ?? []));
    return end === null ? [] : [end];
  });
  return { stage: ends.some((end) => end <= today + 180) ? 'retention' : 'maturity', why: null };
}

/** The last sign of life, and why silence since says nothing; null: silence is silence. */
function lastActivity(events: readonly CustomerEvent[], { feeds }: OracleContext) {
  const daysOf = (isOf: (type: string) => boolean) =>
    events.filter(({ type }) => isOf(type)).map(({ day }) => day);
  const tickets = ofTypes(events, 'ticket.opened', 'ticket.escalated', 'ticket.responded', 'ticket.resolved');
  const behaviours: readonly (readonly [Feed, readonly number[]])[] = [
    ['activity', daysOf((type) => type.startsWith('activity.'))],
    // The first ticket counts from when it was heard of.
    [
      'ticket',
      tickets.length === 0
        ? []
        : [Math.min(...tickets.map(({ day: heard }) => heard)), ...firstOpenings(tickets)],
    ],
    ['feedback', daysOf(isSaid)],
    ['engagement', daysOf((type) => ['engagement.meeting-held', 'engagement.qbr-held'].includes(type))],
  ];
  const paid = daysOf((type) => type === 'payment.paid');
  const facts = agreementFacts(events).flatMap(([, told]) => told);
  const made = facts
    .filter(({ type }) => type !== 'agreement.expired' && type !== 'agreement.terminated')
    .map((fact) => Math.min(effectDay(fact), Math.floor(fact.time / 86_400_000)));
  const seen = behaviours.filter(([, days]) => days.length > 0).map(([feed]) => feed);
  if (facts.length === 0 && paid.length > 0) seen.push('payment');
  const day = latest([...behaviours.flatMap(([, days]) => days), ...paid, ...made]);
  if (seen.some((feed) => feeds[feed]?.status === 'stale')) return { day, why: 'feed-stale' };
  if (seen.some((feed) => feeds[feed] !== undefined)) return { day, why: null };
  const isAnyThere = behaviours.some(([feed]) => feeds[feed] !== undefined);
  return { day, why: isAnyThere ? 'no-data' : 'feed-absent' };
}

/** Up by a tenth in 180 days; of a day with payments of both kinds nothing makes growth. */
function isGrowing(events: readonly CustomerEvent[], today: number): boolean {
  const contracted = (day: number) =>
    sumOf(
      agreementsOn(events, day).map(({ status, valueMinor }) => (status === 'void' ? 0 : (valueMinor ?? 0))),
    );
  const payments = ofTypes(events, 'payment.paid');
  const others = payments.filter(({ data }) => data.agreementId === undefined);
  const mixed = new Set(payments.filter(({ data }) => data.agreementId !== undefined).map(({ day }) => day));
  const all = sumOf(others.map(({ data }) => data.amountMinor));
  const since = others.filter(({ day }) => day > today - 180 && !mixed.has(day));
  const before = contracted(today - 180) + all - sumOf(since.map(({ data }) => data.amountMinor));
  return before > 0 && 10 * (contracted(today) + all) >= 11 * before;
}
