import type { Draft } from './apply-event.ts';
import { RING_DAYS, type Rings, TERMS, TERMS_SIZE } from './rings.ts';

const DAY_MS = 86_400_000;
const WINDOW_DAYS = 30;
/** Points off for a ticket of the 90 days, by severity. */
const PENALTIES = [10, 5, 2, 1];

/** The scores of a customer; health in hundredths. */
export interface Scores {
  readonly ltvCents: number;
  readonly r: number;
  readonly f: number;
  readonly m: number;
  readonly health: number;
}

/** All scores of a customer, in whole numbers and IEEE doubles, in the order of operations that the workload states. */
export function computeScores(draft: Draft, rings: Rings): Scores {
  const { headDay, latestMs, lastPaymentMs, surveyScore } = draft;
  const now = sumOfDays(rings.activityByDay, headDay - WINDOW_DAYS + 1, headDay);
  const before = sumOfDays(rings.activityByDay, headDay - 2 * WINDOW_DAYS + 1, headDay - WINDOW_DAYS);
  const usage = now + before === 0 ? 0 : (100 * now) / (now + before);
  const support = Math.max(0, 100 - ticketPenalty(rings.ticketsByDay));
  const r = lastPaymentMs < 0 ? -1 : Math.floor((latestMs - lastPaymentMs) / DAY_MS);
  const survey = surveyScore < 0 ? 50 : surveyScore * 10;
  let ltvCents = draft.paidCents;
  let contract = 0;
  const { agreements } = rings;
  for (let at = 0; at < draft.agreementCount * TERMS_SIZE; at += TERMS_SIZE) {
    ltvCents += agreements[at + TERMS.valueCents] ?? 0;
    const isRunning =
      (agreements[at + TERMS.startMs] ?? 0) <= latestMs && latestMs < (agreements[at + TERMS.endMs] ?? 0);
    if (isRunning) contract = 100;
  }
  const business = 0.4 * survey + 0.3 * paymentScore(r) + 0.3 * contract;
  const health = 0.4 * usage + 0.3 * support + 0.3 * business;
  return {
    ltvCents,
    r,
    f: sum(rings.paymentsByMonth),
    m: sum(rings.centsByMonth),
    health: Math.floor(health * 100 + 0.5),
  };
}

function paymentScore(r: number): number {
  if (r < 0 || r >= 120) return 0;
  return r <= 30 ? 100 : ((120 - r) * 100) / 90;
}

function ticketPenalty(tickets: Uint16Array): number {
  let penalty = 0;
  let at = 0;
  for (const points of PENALTIES) {
    for (const end = at + RING_DAYS; at < end; at += 1) penalty += points * (tickets[at] ?? 0);
  }
  return penalty;
}

function sumOfDays(ring: Int32Array, first: number, last: number): number {
  let total = 0;
  for (let day = first; day <= last; day += 1) total += ring[day % RING_DAYS] ?? 0;
  return total;
}

function sum(ring: Int32Array | Float64Array): number {
  let total = 0;
  for (const value of ring) total += value;
  return total;
}
