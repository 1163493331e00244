import { formatDay, type Reason } from '@bellwether/events';
import { isActiveStatus, type Standing } from '../agreements/agreement-status.ts';
import { lastToldDayOf, type OpportunityList } from '../opportunities/opportunities-state.ts';
import { dueDayOf } from '../renewals/renewal-days.ts';

export type Severity = 'low' | 'medium' | 'high';

/** A renewal that must be decided: by the notice deadline, or by the end (D3). */
export interface RenewalAnchor {
  readonly agreementId: string;
  readonly dueDay: number;
  readonly valueMinor: number | null;
}

/** The decision that comes first among the active agreements; of equal days the greatest value, then the first id. */
export function renewalAnchorOf(standings: readonly Standing[], today: number): RenewalAnchor | null {
  let anchor: RenewalAnchor | null = null;
  for (const { agreement, status } of standings) {
    const dueDay = isActiveStatus(status) ? dueDayOf(agreement.terms, today) : null;
    if (dueDay === null) continue;
    const candidate = { agreementId: agreement.agreementId, dueDay, valueMinor: agreement.terms.valueMinor };
    if (anchor === null || isEarlier(candidate, anchor)) anchor = candidate;
  }
  return anchor;
}

function isEarlier(a: RenewalAnchor, b: RenewalAnchor): boolean {
  return a.dueDay === b.dueDay ? (a.valueMinor ?? 0) > (b.valueMinor ?? 0) : a.dueDay < b.dueDay;
}

/** From how many days before the decision a risk is one step graver, and from how many it is of the gravest (N18). */
export const GRAVER_FROM_DAYS = 90;
export const GRAVEST_FROM_DAYS = 30;

/**
 * How grave a risk is with the renewal in view (N18): as it is in itself while the decision is far or none comes, one
 * step more from 90 days before it, high from 30.
 */
export function anchoredSeverity(severity: Severity, daysLeft: number | null): Severity {
  if (daysLeft === null || daysLeft > GRAVER_FROM_DAYS) return severity;
  if (daysLeft <= GRAVEST_FROM_DAYS) return 'high';
  return severity === 'low' ? 'medium' : 'high';
}

/** The decision that a risk is told with, once it is near enough to make the risk graver. */
export interface NearRenewal {
  readonly dueDay: number;
  /** The step that was reached: days before `dueDay` from which the risk is as grave as it is. */
  readonly daysBefore: typeof GRAVER_FROM_DAYS | typeof GRAVEST_FROM_DAYS;
}

/** The decision that makes a risk graver on the epoch day `today` (N18); null: none is near. */
export function nearRenewalOf(standings: readonly Standing[], today: number): NearRenewal | null {
  const anchor = renewalAnchorOf(standings, today);
  if (anchor === null || anchor.dueDay - today > GRAVER_FROM_DAYS) return null;
  const { dueDay } = anchor;
  return { dueDay, daysBefore: dueDay - today > GRAVEST_FROM_DAYS ? GRAVER_FROM_DAYS : GRAVEST_FROM_DAYS };
}

/** Whether both are the same step before the same decision: then there is nothing to tell. */
export function isSameRenewal(one: NearRenewal | null, other: NearRenewal | null): boolean {
  return one?.dueDay === other?.dueDay && one?.daysBefore === other?.daysBefore;
}

/** Says beside a risk which decision is near; the fact adds nothing to any score. */
export function renewalReason({ dueDay, daysBefore }: NearRenewal): Reason {
  const text = `the customer decides by ${formatDay(dueDay)}: less than ${daysBefore + 1} days away when told`;
  return { signal: 'renewal', contribution: 0, before: null, after: dueDay, text };
}

/** Days before the decision at which somebody has to commit to what will come of it (N18). */
export const CALL_CHECKPOINTS = [90, 180] as const;

/** A checkpoint that has been reached, and whether the call was made for it. */
export interface RenewalCall {
  readonly checkpoint: (typeof CALL_CHECKPOINTS)[number];
  /** Day from which the call is asked for. */
  readonly fromDay: number;
  /** When the last call was made; null: never, or before this checkpoint. */
  readonly madeDay: number | null;
}

/**
 * The call that is asked for on a day (N18): of the checkpoint reached last. A call made before that checkpoint does
 * not count for it: what was thought half a year ahead has to be said anew at 90 days. Null before the first
 * checkpoint, and once the day of the decision is past.
 */
export function renewalCallOf(
  { dueDay }: Pick<RenewalAnchor, 'dueDay'>,
  { lastCallDay, today }: { readonly lastCallDay: number | null; readonly today: number },
): RenewalCall | null {
  const checkpoint = CALL_CHECKPOINTS.find((days) => dueDay - days <= today);
  if (checkpoint === undefined || dueDay < today) return null;
  const fromDay = dueDay - checkpoint;
  const isMade = lastCallDay !== null && lastCallDay >= fromDay;
  return { checkpoint, fromDay, madeDay: isMade ? lastCallDay : null };
}

/**
 * The last day on which somebody said what will come of a renewal: a renewal opportunity was created, given a stage or
 * an amount, won or lost; null: never.
 */
export function lastCallDayOf(opportunities: OpportunityList): number | null {
  let last: number | null = null;
  for (const opportunity of opportunities) {
    const day = opportunity.kind?.value === 'renewal' ? lastToldDayOf(opportunity) : null;
    if (day !== null && (last === null || day > last)) last = day;
  }
  return last;
}
