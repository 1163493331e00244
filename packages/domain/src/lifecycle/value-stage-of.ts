import type { FeedStatuses, MissingSignal } from '@bellwether/events';
import type { AgreementList, AgreementTerms } from '../agreements/agreement-state.ts';
import {
  agreementStatus,
  isActiveStatus,
  lastDayOf,
  nextStandingDay,
} from '../agreements/agreement-status.ts';
import { nextTurn } from '../opportunities/next-turn.ts';
import { type PaymentsState, transactionsOf } from '../rfm/payments-state.ts';
import { agreementValueOn } from '../value/terms-on.ts';
import type { LifecycleSources } from './journey-evidence.ts';
import { DORMANT_AFTER_DAYS, lastActivityOf } from './last-activity.ts';

export const VALUE_STAGES = ['dormant', 'growth', 'retention', 'maturity', 'unclassified'] as const;
export type ValueStage = (typeof VALUE_STAGES)[number];

/** Days over which value has to grow, and within which an agreement has to end (D11). */
export const VALUE_WINDOW_DAYS = 180;

/** Where a customer is by its value (S35, D11), and why. */
export interface ValueStageNow {
  readonly stage: ValueStage;
  readonly text: string;
  /** What was not known; empty for a stage that is known. */
  readonly missing: readonly MissingSignal[];
}

/** On what day, and what the feeds do. */
export interface LifecycleMoment {
  readonly today: number;
  readonly feeds: FeedStatuses;
}

/**
 * The value stage (S35, D11), the first that holds: dormant, no activity for 90 days; growth, lifetime value up 10 % or
 * more over 180 days; retention, an agreement ends within 180 days; else maturity. A stage is passed over only where it
 * is known not to hold (D20): otherwise, and for somebody without any value, unclassified.
 */
export function valueStageOf(sources: LifecycleSources, moment: LifecycleMoment): ValueStageNow {
  const { agreements, payments } = sources;
  const { today, feeds } = moment;
  const hasAgreement = agreements.some(({ terms }) => !terms.isVoid);
  const hasPaid = transactionsOf(payments) > 0;
  if (!hasAgreement && !hasPaid) return unclassified('value', 'no-data');
  const activity = lastActivityOf(sources, feeds);
  const isRecent = activity.day !== null && activity.day > today - DORMANT_AFTER_DAYS;
  if (!isRecent) {
    if (activity.why !== undefined) return unclassified('activity', activity.why);
    return { stage: 'dormant', text: `no activity for ${DORMANT_AFTER_DAYS} days`, missing: [] };
  }
  if (hasAgreement && feeds.agreement?.status === 'stale') return unclassified('agreement', 'feed-stale');
  if (hasPaid && feeds.payment?.status === 'stale') return unclassified('payment', 'feed-stale');
  if (isGrowing(sources, today))
    return { stage: 'growth', text: `value up 10 % or more in ${VALUE_WINDOW_DAYS} days`, missing: [] };
  if (endsWithin(agreements, today))
    return { stage: 'retention', text: `an agreement ends within ${VALUE_WINDOW_DAYS} days`, missing: [] };
  return { stage: 'maturity', text: 'active, neither growing nor about to end', missing: [] };
}

function unclassified(signal: string, why: MissingSignal['why']): ValueStageNow {
  return { stage: 'unclassified', text: `${signal} not known`, missing: [{ signal, why }] };
}

/** A value that was not there before does not grow: a start is not growth. */
function isGrowing({ agreements, payments }: LifecycleSources, today: number): boolean {
  const beforeDay = today - VALUE_WINDOW_DAYS;
  const before = BigInt(
    agreementValueOn(agreements, beforeDay).contractedMinor + otherPaidAtMostBy(payments, beforeDay),
  );
  const now = BigInt(agreementValueOn(agreements, today).contractedMinor + payments.otherPaidMinor);
  return before > 0n && 10n * now >= 11n * before;
}

/**
 * The most that can have been paid under no agreement by a day within the last 400. On a day with payments of both
 * kinds their amounts are not kept apart: then all is taken to have been under agreements, so that no growth is made
 * up.
 */
export function otherPaidAtMostBy({ tiles, otherPaidMinor }: PaymentsState, day: number): number {
  let since = 0;
  for (const [paidDay, count, amountMinor, otherCount] of tiles) {
    if (paidDay > day && otherCount === count) since += amountMinor;
  }
  return otherPaidMinor - since;
}

function endsWithin(agreements: AgreementList, today: number): boolean {
  return agreements.some(({ terms }) => {
    if (!isActiveStatus(agreementStatus(terms, today))) return false;
    const lastDay = nextLastDayOf(terms, today);
    return lastDay !== null && lastDay <= today + VALUE_WINDOW_DAYS;
  });
}

/** The last day of an agreement that is active: its end, or the day before it is to be closed. */
function nextLastDayOf(terms: AgreementTerms, today: number): number | null {
  const closing = terms.turns.find(({ day, to }) => day > today && to !== 'open');
  const lastDay = lastDayOf(terms);
  if (closing === undefined || lastDay === null) return closing === undefined ? lastDay : closing.day - 1;
  return Math.min(closing.day - 1, lastDay);
}

/** First day after today on which the value stage may be another with no new event; null: never (N3). */
export function nextValueStageDay(
  sources: LifecycleSources,
  { today, feeds }: LifecycleMoment,
): number | null {
  const { agreements, payments } = sources;
  const { day } = lastActivityOf(sources, feeds);
  const turns: (number | null)[] = [day === null ? null : day + DORMANT_AFTER_DAYS];
  for (const { terms, amendments } of agreements) {
    const lastDay = lastDayOf(terms);
    turns.push(nextStandingDay(terms, today), lastDay === null ? null : lastDay - VALUE_WINDOW_DAYS);
    for (const turn of terms.turns) turns.push(turn.day - 1 - VALUE_WINDOW_DAYS);
    // The first amendment may count from the day of signature or start already.
    for (const { day: on, signedDay = on, startDay = on } of amendments) {
      for (const from of [on, signedDay, startDay]) turns.push(from, from + VALUE_WINDOW_DAYS);
    }
  }
  const oldest = payments.tiles.find(([paidDay]) => paidDay > today - VALUE_WINDOW_DAYS);
  if (oldest !== undefined) turns.push(oldest[0] + VALUE_WINDOW_DAYS);
  return nextTurn(turns, today);
}
