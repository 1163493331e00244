import type { AgreementEvent, WorkloadEvent } from '../workload/workload-event.ts';
import type { CustomerState } from './customer-state.ts';
import {
  MOST_AGREEMENTS,
  RING_DAYS,
  RING_MONTHS,
  type Rings,
  SEVERITIES,
  TERMS,
  TERMS_SIZE,
} from './rings.ts';

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;
const AGREEMENT_TYPES = ['MSA', 'SOW', 'service'];

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };
/** A customer while an event is worked on: everything but the rings, which are on the desk. */
export type Draft = Mutable<Omit<CustomerState, 'rings'>>;

/** The customer before its first event, which is this one. */
export function newCustomer(event: WorkloadEvent): Draft {
  return {
    revision: 0,
    paidCents: 0,
    latestMs: event.ts,
    headDay: dayOf(event.ts),
    lastActivityMs: -1,
    lastPaymentMs: -1,
    surveyScore: -1,
    surveyMs: -1,
    previousHealth: -1,
    agreementCount: 0,
  };
}

/** Takes an event that was not seen before into draft and rings. */
export function applyEvent(draft: Draft, rings: Rings, event: WorkloadEvent): void {
  draft.revision += 1;
  if (event.ts > draft.latestMs) advance(draft, rings, event.ts);
  const day = dayOf(event.ts);
  const month = monthOf(day);
  const isRecent = day > draft.headDay - RING_DAYS;
  switch (event.kind) {
    case 'activity':
      if (isRecent) add(rings.activityByDay, day % RING_DAYS, event.count);
      draft.lastActivityMs = Math.max(draft.lastActivityMs, event.ts);
      break;
    case 'payment':
      draft.paidCents += event.amountCents;
      draft.lastPaymentMs = Math.max(draft.lastPaymentMs, event.ts);
      if (month > monthOf(draft.headDay) - RING_MONTHS) {
        add(rings.paymentsByMonth, month % RING_MONTHS, 1);
        add(rings.centsByMonth, month % RING_MONTHS, event.amountCents);
      }
      break;
    case 'support':
      if (isRecent) add(rings.ticketsByDay, (event.severity - 1) * RING_DAYS + (day % RING_DAYS), 1);
      break;
    case 'survey':
      if (event.ts < draft.surveyMs) break;
      draft.surveyScore = event.score;
      draft.surveyMs = event.ts;
      break;
    case 'agreement':
      applyTerms(draft, rings.agreements, { ...event, atMs: event.ts });
  }
}

/** Moves on to a later time and clears the days and months that come round again. */
function advance(draft: Draft, rings: Rings, ts: number): void {
  draft.latestMs = ts;
  const day = dayOf(ts);
  const { headDay } = draft;
  if (day <= headDay) return;
  const lastDay = Math.min(day, headDay + RING_DAYS);
  for (let cleared = headDay + 1; cleared <= lastDay; cleared += 1) {
    const at = cleared % RING_DAYS;
    rings.activityByDay[at] = 0;
    for (let severity = 0; severity < SEVERITIES; severity += 1) {
      rings.ticketsByDay[severity * RING_DAYS + at] = 0;
    }
  }
  const lastMonth = Math.min(monthOf(day), monthOf(headDay) + RING_MONTHS);
  for (let cleared = monthOf(headDay) + 1; cleared <= lastMonth; cleared += 1) {
    rings.paymentsByMonth[cleared % RING_MONTHS] = 0;
    rings.centsByMonth[cleared % RING_MONTHS] = 0;
  }
  draft.headDay = day;
}

/** The latest terms of an agreement win, whenever they arrive. */
function applyTerms(draft: Draft, agreements: Float64Array, event: AgreementEvent & { atMs: number }): void {
  const id = Number.parseInt(event.agreementId.slice(1), 16);
  const end = draft.agreementCount * TERMS_SIZE;
  let at = 0;
  while (at < end && agreements[at + TERMS.id] !== id) at += TERMS_SIZE;
  if (at === end) {
    if (draft.agreementCount === MOST_AGREEMENTS) throw new RangeError('A customer has too many agreements.');
    draft.agreementCount += 1;
  } else if (event.atMs < (agreements[at + TERMS.atMs] ?? 0)) return;
  agreements[at + TERMS.id] = id;
  agreements[at + TERMS.type] = AGREEMENT_TYPES.indexOf(event.agreementType);
  agreements[at + TERMS.valueCents] = event.valueCents;
  agreements[at + TERMS.atMs] = event.atMs;
  agreements[at + TERMS.startMs] = event.startAt;
  agreements[at + TERMS.endMs] = event.endAt;
}

function dayOf(ts: number): number {
  return Math.floor(ts / DAY_MS);
}

function monthOf(day: number): number {
  return Math.floor(day / MONTH_DAYS);
}

function add(ring: Float64Array | Int32Array | Uint16Array, at: number, amount: number): void {
  ring[at] = (ring[at] ?? 0) + amount;
}
