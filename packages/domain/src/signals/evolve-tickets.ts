import type { CustomerEvent } from '@bellwether/events';
import { entityAt, placeOf, withEntity } from './entities.ts';
import { MAX_OPEN_TICKETS, MAX_TICKETS, type Moment, type Ticket } from './state.ts';

export type TicketEvent = Extract<CustomerEvent, { readonly type: `ticket.${string}` }>;

/**
 * Adds one fact to a ticket (S92): the first opening and response count, the last escalation and resolution, the worst
 * severity; so a repeat changes nothing and any order will do.
 *
 * @returns the same reference when nothing changed; undefined when it would be one open ticket too many
 */
export function evolveTickets(tickets: readonly Ticket[], event: TicketEvent): readonly Ticket[] | undefined {
  const id = event.data.ticketId;
  const place = placeOf(tickets, id);
  const known = entityAt(tickets, place, id);
  const next = withFact(known ?? blankTicket(id), event);
  if (next === known) return tickets;
  if (known === undefined && next.resolved === null && openCount(tickets) >= MAX_OPEN_TICKETS)
    return undefined;
  return withEntity(tickets, place, next);
}

function blankTicket(id: string): Ticket {
  return { id, severity: null, opened: null, escalated: null, responded: null, resolved: null };
}

function withFact(ticket: Ticket, event: TicketEvent): Ticket {
  const moment: Moment = [event.time, event.day];
  const named = 'severity' in event.data ? event.data.severity : undefined;
  const severity = named === undefined ? ticket.severity : Math.min(named, ticket.severity ?? named);
  const base = severity === ticket.severity ? ticket : { ...ticket, severity };
  switch (event.type) {
    case 'ticket.opened':
      return isBefore(moment, base.opened) ? { ...base, opened: moment } : base;
    case 'ticket.escalated':
      return isBefore(base.escalated, moment) ? { ...base, escalated: moment } : base;
    case 'ticket.responded':
      return isBefore(moment, base.responded) ? { ...base, responded: moment } : base;
    case 'ticket.resolved':
      return isBefore(base.resolved, moment) ? { ...base, resolved: moment } : base;
  }
}

/** A moment that is not known comes neither before nor after: the other one is taken. */
function isBefore(a: Moment | null, b: Moment | null): boolean {
  return a === null || b === null || a[0] < b[0];
}

function openCount(tickets: readonly Ticket[]): number {
  let count = 0;
  for (const ticket of tickets) if (ticket.resolved === null) count += 1;
  return count;
}

/** Forgets tickets with nothing new since `keptFromDay`; the same reference when there is none. */
export function dropOldTickets(tickets: readonly Ticket[], keptFromDay: number): readonly Ticket[] {
  const kept = tickets.every((ticket) => heardOfDay(ticket) >= keptFromDay)
    ? tickets
    : tickets.filter((ticket) => heardOfDay(ticket) >= keptFromDay);
  return boundTickets(kept);
}

/** Of more than the most tickets those resolved longest ago are forgotten; the same reference when there are fewer. */
export function boundTickets(kept: readonly Ticket[]): readonly Ticket[] {
  if (kept.length <= MAX_TICKETS) return kept;
  const excess = kept
    .filter((ticket) => ticket.resolved !== null)
    .sort((a, b) => heardOfDay(a) - heardOfDay(b) || (a.id < b.id ? -1 : 1))
    .slice(0, kept.length - MAX_TICKETS);
  const dropped = new Set(excess);
  return kept.filter((ticket) => !dropped.has(ticket));
}

/** The newest day on which something was told of a ticket. */
export function heardOfDay({ opened, escalated, responded, resolved }: Ticket): number {
  return Math.max(dayOf(opened), dayOf(escalated), dayOf(responded), dayOf(resolved));
}

function dayOf(moment: Moment | null): number {
  return moment === null ? Number.NEGATIVE_INFINITY : moment[1];
}
