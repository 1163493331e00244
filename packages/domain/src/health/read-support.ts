import { firstFrom } from '../signals/day-tiles.ts';
import type { Moment, Ticket } from '../signals/state.ts';
import { type Reading, type ReadingInput, toOneDecimal, whyMissing } from './reading.ts';

const HOUR_MS = 3_600_000;

/** What a ticket weighs by its severity, 1 is the worst: each step doubles. */
const SEVERITY_WEIGHT: { readonly [severity: number]: number } = { 1: 8, 2: 4, 3: 2, 4: 1 };

/** Tickets opened in the window, weighted by their worst severity (S92). */
export function readTicketLoad({ signals, fromDay, feed }: ReadingInput): Reading {
  const missing = whyMissing(feed, { wasEverSeen: signals.firstTicketDay !== null });
  if (missing !== undefined) return { missing };
  let load = 0;
  for (const { opened, severity } of signals.tickets) {
    if (opened !== null && opened[1] >= fromDay) load += SEVERITY_WEIGHT[severity ?? 4] ?? 1;
  }
  return { raw: load, evidenceDay: null };
}

/** Tickets opened in the window, whatever their severity. */
export function readTicketCount(input: ReadingInput): Reading {
  return countTickets(input, (ticket) => ticket.opened);
}

/** Tickets whose last escalation lies in the window (S92, S101). */
export function readEscalations(input: ReadingInput): Reading {
  return countTickets(input, (ticket) => ticket.escalated);
}

function countTickets(
  { signals, fromDay, feed }: ReadingInput,
  momentOf: (ticket: Ticket) => Moment | null,
): Reading {
  const missing = whyMissing(feed, { wasEverSeen: signals.firstTicketDay !== null });
  if (missing !== undefined) return { missing };
  let count = 0;
  for (const ticket of signals.tickets) {
    const moment = momentOf(ticket);
    if (moment !== null && moment[1] >= fromDay) count += 1;
  }
  return { raw: count, evidenceDay: null };
}

/** Mean hours from opening to first response of the tickets first responded to in the window (S92). */
export function readResponseTime(input: ReadingInput): Reading {
  return meanHours(input, (ticket) => ticket.responded);
}

/** Mean hours from opening to resolution of the tickets resolved in the window (S92). */
export function readResolutionTime(input: ReadingInput): Reading {
  return meanHours(input, (ticket) => ticket.resolved);
}

/** A clock that ran backwards between two systems counts as no time at all. */
function meanHours(
  { signals, fromDay, feed }: ReadingInput,
  endOf: (ticket: Ticket) => Moment | null,
): Reading {
  const missing = whyMissing(feed, { wasEverSeen: signals.firstTicketDay !== null });
  if (missing !== undefined) return { missing };
  let count = 0;
  let sumMs = 0;
  let evidenceDay = Number.NEGATIVE_INFINITY;
  for (const ticket of signals.tickets) {
    const end = endOf(ticket);
    if (ticket.opened === null || end === null || end[1] < fromDay) continue;
    count += 1;
    sumMs += Math.max(0, end[0] - ticket.opened[0]);
    evidenceDay = Math.max(evidenceDay, end[1]);
  }
  if (count === 0) return { missing: 'no-data' };
  return { raw: toOneDecimal(sumMs / count / HOUR_MS), evidenceDay };
}

/** Mean normalised satisfaction in the window, 0..100, high is good (S92, D18). */
export function readCsat({ signals, fromDay, feed }: ReadingInput): Reading {
  const { days, last } = signals.csat;
  const missing = whyMissing(feed, { wasEverSeen: last !== null });
  if (missing !== undefined) return { missing };
  let answers = 0;
  let scoreSum = 0;
  for (let index = firstFrom(days, fromDay); index < days.length; index += 1) {
    answers += days[index]?.[1] ?? 0;
    scoreSum += days[index]?.[2] ?? 0;
  }
  if (answers === 0) return { missing: 'no-data' };
  return { raw: toOneDecimal(scoreSum / answers / 100), evidenceDay: days[days.length - 1]?.[0] ?? null };
}
