import { DAYS_PER_MONTH } from './parameters.ts';
import type { Drift, Truth } from './truth.ts';

/** Signals look back over weeks, so an alert shortly after a recovery still has the drift for its cause. */
export const GRACE_DAYS = 14;

/** An alert as far as its worth is concerned; epoch days. */
export interface AlertInterval {
  readonly customerId: string;
  readonly rule: string;
  readonly raisedDay: number;
  /** Null: still open. */
  readonly resolvedDay: number | null;
}

/** The period and the number of customers over which alerts are judged. */
export interface EvaluationFrame {
  /** Alerts raised from here ... */
  readonly startDay: number;
  /** ... to here (included) count; others are left out, as are drifts that ended before or began after. */
  readonly endDay: number;
  /** Customers watched, for the number of alerts per 100. */
  readonly customers: number;
  /** Days a drift must have lasted by `endDay` before not having found it is a miss. */
  readonly horizonDays: number;
}

/** So many found of so many. */
export interface Shares {
  readonly found: number;
  readonly of: number;
}

/** How good the alerts of a period were. */
export interface AlertEvaluation {
  /** Alerts in the period. = truePositives + falsePositives. */
  readonly alerts: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** Of the false ones: raised on the churn day or after it. */
  readonly tooLate: number;
  /** truePositives / alerts; null without alerts. */
  readonly precision: number | null;
  /** Share of customer-days on which an alert would have been true: the precision of alerts raised by lot. */
  readonly chancePrecision: number;
  /** Customers lost, or not recovered by `endDay`, who had drifted for `horizonDays` or were lost by then. */
  readonly positives: number;
  /** Positives with at least one true alert. */
  readonly found: number;
  /** found / positives; null without positives. */
  readonly recall: number | null;
  /** Positives not found, but with an alert open from before the drift: watched for another reason. */
  readonly alreadyOpen: number;
  /** Drifts too young at `endDay` to be a miss; found or not, they are no positives. */
  readonly censored: number;
  /** Median of churnDay - day of the first true alert over found positives whose churn day is known; null if none. */
  readonly medianLeadDays: number | null;
  /** Alerts per 100 customers and month of 30.4375 days. */
  readonly alertsPer100CustomersAndMonth: number;
  /** Recall by reason of the drift. */
  readonly byReason: { readonly [reason: string]: Shares };
}

/**
 * How good alerts were, against the known truth (N24, N11). Pure. Every alert given is judged, whatever its rule: pass
 * those of the rule in question (a renewal notice foretells no churn).
 *
 * - An alert is *true* when raised while its customer drifts: from the first day of the drift to the day before churn,
 *   or to `GRACE_DAYS` after recovery (the drift was real, though it passed). Every other alert is *false*, also one
 *   on the churn day or later (`tooLate`): by then there is nothing to save. Each alert counts once; a second alert
 *   in one drift is true again.
 * - A customer is a *positive* when its drift did not recover and touched the period, and when it was lost by `endDay`
 *   or had drifted for `horizonDays` by then; younger drifts are `censored`. Recovered drifts are no positives: finding
 *   them is no duty, but it is no error either.
 * - *Lead* is churnDay - raisedDay of the first true alert, so 1 or more.
 * - Resolution does not matter, except for `alreadyOpen`.
 */
export function evaluateAlerts(
  truth: readonly Truth[],
  alerts: readonly AlertInterval[],
  frame: EvaluationFrame,
): AlertEvaluation {
  const { startDay, endDay, customers } = frame;
  const driftOf = new Map(truth.map(({ customerId, drift }) => [customerId, drift]));
  const counted = alerts.filter(({ raisedDay }) => raisedDay >= startDay && raisedDay <= endDay);
  const isTrue = (alert: AlertInterval): boolean =>
    isDuring(driftOf.get(alert.customerId) ?? null, alert.raisedDay);
  const truePositives = counted.filter(isTrue).length;
  const months = (endDay - startDay + 1) / DAYS_PER_MONTH;
  return {
    alerts: counted.length,
    truePositives,
    falsePositives: counted.length - truePositives,
    tooLate: counted.filter((alert) => isAfterChurn(driftOf.get(alert.customerId) ?? null, alert.raisedDay))
      .length,
    precision: counted.length === 0 ? null : truePositives / counted.length,
    chancePrecision: chanceOf(truth, frame),
    ...recallOf(truth, { counted: counted.filter(isTrue), all: alerts }, frame),
    alertsPer100CustomersAndMonth: (counted.length / customers / months) * 100,
  };
}

function isDuring(drift: Drift | null, day: number): boolean {
  return drift !== null && day >= drift.startDay && day <= lastTrueDay(drift);
}

function isAfterChurn(drift: Drift | null, day: number): boolean {
  return drift !== null && drift.churnDay !== null && day >= drift.churnDay;
}

function lastTrueDay(drift: Drift): number {
  if (drift.churnDay !== null) return drift.churnDay - 1;
  return drift.recoveredDay === null ? Number.POSITIVE_INFINITY : drift.recoveredDay + GRACE_DAYS;
}

/** Over the days on which customers were there: joined, and not lost yet. */
function chanceOf(truth: readonly Truth[], frame: EvaluationFrame): number {
  let days = 0;
  let trueDays = 0;
  for (const { joinedDay, drift } of truth) {
    const from = Math.max(frame.startDay, joinedDay);
    const until = Math.min(frame.endDay, (drift?.churnDay ?? Number.POSITIVE_INFINITY) - 1);
    days += Math.max(0, until - from + 1);
    if (drift === null) continue;
    trueDays += Math.max(0, Math.min(until, lastTrueDay(drift)) - Math.max(from, drift.startDay) + 1);
  }
  return days === 0 ? 0 : trueDays / days;
}

interface AlertSets {
  /** True alerts of the period. */
  readonly counted: readonly AlertInterval[];
  readonly all: readonly AlertInterval[];
}
type Recall = Pick<
  AlertEvaluation,
  'positives' | 'found' | 'recall' | 'alreadyOpen' | 'censored' | 'medianLeadDays' | 'byReason'
>;

function recallOf(truth: readonly Truth[], sets: AlertSets, frame: EvaluationFrame): Recall {
  const firstTrueDay = new Map<string, number>();
  for (const { customerId, raisedDay } of sets.counted) {
    firstTrueDay.set(customerId, Math.min(raisedDay, firstTrueDay.get(customerId) ?? raisedDay));
  }
  const leads: number[] = [];
  const byReason: Record<string, Shares> = {};
  let [positives, found, alreadyOpen, censored] = [0, 0, 0, 0];
  for (const { customerId, drift } of truth) {
    const standing = standingOf(drift, frame);
    if (standing === 'censored') censored += 1;
    if (drift === null || standing !== 'positive') continue;
    positives += 1;
    const first = firstTrueDay.get(customerId);
    if (first !== undefined) found += 1;
    else if (sets.all.some((alert) => alert.customerId === customerId && isOpenAt(alert, drift.startDay)))
      alreadyOpen += 1;
    if (first !== undefined && drift.churnDay !== null) leads.push(drift.churnDay - first);
    const before = byReason[drift.reason] ?? { found: 0, of: 0 };
    byReason[drift.reason] = { found: before.found + (first === undefined ? 0 : 1), of: before.of + 1 };
  }
  const recall = positives === 0 ? null : found / positives;
  return { positives, found, recall, alreadyOpen, censored, medianLeadDays: medianOf(leads), byReason };
}

function standingOf(drift: Drift | null, frame: EvaluationFrame): 'positive' | 'censored' | 'neither' {
  const { startDay, endDay, horizonDays } = frame;
  if (drift === null || drift.recoveredDay !== null || drift.startDay > endDay) return 'neither';
  if (drift.churnDay !== null && drift.churnDay <= startDay) return 'neither';
  if (drift.churnDay !== null && drift.churnDay <= endDay) return 'positive';
  return endDay - drift.startDay >= horizonDays ? 'positive' : 'censored';
}

function isOpenAt(alert: AlertInterval, day: number): boolean {
  return alert.raisedDay < day && (alert.resolvedDay === null || alert.resolvedDay > day);
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
