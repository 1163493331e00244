import type { CustomerEvent, Fault, QuarantineReason } from '@bellwether/events';
import { dropBefore } from './day-tiles.ts';
import { earliestDay } from './entities.ts';
import { evolveActivity } from './evolve-activity.ts';
import { type ContactEvent, evolveContacts } from './evolve-contacts.ts';
import { evolveEngagement } from './evolve-engagement.ts';
import { evolveSurvey, type SurveyEvent, surveyFaults } from './evolve-feedback.ts';
import { evolveGoals, type GoalEvent } from './evolve-goals.ts';
import { dropOldTickets, evolveTickets, type TicketEvent } from './evolve-tickets.ts';
import { HORIZON_DAYS, MAX_CONTACTS, MAX_GOALS, MAX_OPEN_TICKETS, type SignalState } from './state.ts';

export type SignalsEvolution =
  | { readonly ok: true; readonly state: SignalState }
  | { readonly ok: false; readonly reason: QuarantineReason; readonly faults: readonly Fault[] };

/**
 * Takes one event into what health is read from. The same reference comes back when the event changes nothing there;
 * events of other families never do. Increments (uses, survey answers) count as often as they are given: whoever calls
 * has dropped repeated event ids; facts about tickets, contacts and goals may be repeated.
 *
 * @param today the tenant's present epoch day: what is older than HORIZON_DAYS is let go
 */
export function evolveSignals(state: SignalState, event: CustomerEvent, today: number): SignalsEvolution {
  const keptFromDay = today - HORIZON_DAYS + 1;
  switch (event.type) {
    case 'activity.login':
    case 'activity.feature-used':
    case 'activity.usage-reported':
      return taken({ ...state, activity: evolveActivity(state.activity, event, keptFromDay) }, keptFromDay);
    case 'ticket.opened':
    case 'ticket.escalated':
    case 'ticket.responded':
    case 'ticket.resolved':
      return takeTicket(state, event, keptFromDay);
    case 'feedback.nps':
    case 'feedback.csat':
    case 'feedback.ces':
      return takeSurvey(state, event, keptFromDay);
    case 'feedback.comment':
    case 'feedback.answered':
      return taken(state, keptFromDay);
    case 'engagement.qbr-scheduled':
    case 'engagement.qbr-held':
    case 'engagement.qbr-missed':
    case 'engagement.meeting-held':
    case 'engagement.outreach-sent':
    case 'engagement.action-item-recorded': {
      const engagement = evolveEngagement(state.engagement, event);
      return taken(engagement === state.engagement ? state : { ...state, engagement }, keptFromDay);
    }
    case 'contact.created':
    case 'contact.changed':
    case 'contact.left':
      return takeContact(state, event, keptFromDay);
    case 'goal.set':
    case 'goal.met':
    case 'goal.value-realised':
      return takeGoal(state, event, keptFromDay);
    default:
      return { ok: true, state };
  }
}

function takeTicket(state: SignalState, event: TicketEvent, keptFromDay: number): SignalsEvolution {
  const tickets = evolveTickets(state.tickets, event);
  if (tickets === undefined)
    return tooMany('ticketId', event.data.ticketId, `${MAX_OPEN_TICKETS} open tickets`);
  const firstTicketDay = earliestDay(state.firstTicketDay, event.day);
  const isSame = tickets === state.tickets && firstTicketDay === state.firstTicketDay;
  return taken(isSame ? state : { ...state, firstTicketDay, tickets }, keptFromDay);
}

function takeSurvey(state: SignalState, event: SurveyEvent, keptFromDay: number): SignalsEvolution {
  const faults = surveyFaults(event);
  if (faults.length > 0) return { ok: false, reason: 'invalid-data', faults };
  switch (event.type) {
    case 'feedback.csat':
      return taken({ ...state, csat: evolveSurvey(state.csat, event, keptFromDay) }, keptFromDay);
    case 'feedback.nps':
      return taken({ ...state, nps: evolveSurvey(state.nps, event, keptFromDay) }, keptFromDay);
    case 'feedback.ces':
      return taken({ ...state, ces: evolveSurvey(state.ces, event, keptFromDay) }, keptFromDay);
  }
}

function takeContact(state: SignalState, event: ContactEvent, keptFromDay: number): SignalsEvolution {
  const contacts = evolveContacts(state.contacts, event);
  if (contacts === undefined) return tooMany('contactId', event.data.contactId, `${MAX_CONTACTS} contacts`);
  return taken(contacts === state.contacts ? state : { ...state, contacts }, keptFromDay);
}

function takeGoal(state: SignalState, event: GoalEvent, keptFromDay: number): SignalsEvolution {
  const goals = evolveGoals(state.goals, event);
  if (goals === undefined) return tooMany('goalId', event.data.goalId, `${MAX_GOALS} goals`);
  return taken(goals === state.goals ? state : { ...state, goals }, keptFromDay);
}

function tooMany(field: string, got: string, limit: string): SignalsEvolution {
  return {
    ok: false,
    reason: 'entity-limit',
    faults: [{ path: `/data/${field}`, expected: `one of at most ${limit} of a customer`, got }],
  };
}

/** Lets go of what is past the horizon in every list, so that the state is the same whichever event came last. */
function taken(state: SignalState, keptFromDay: number): SignalsEvolution {
  const { activity, tickets, csat, nps, ces } = state;
  const kept: SignalState = {
    ...state,
    activity: withDays(activity, keptFromDay),
    tickets: dropOldTickets(tickets, keptFromDay),
    csat: withDays(csat, keptFromDay),
    nps: withDays(nps, keptFromDay),
    ces: withDays(ces, keptFromDay),
  };
  const isSame =
    kept.activity === activity &&
    kept.tickets === tickets &&
    kept.csat === csat &&
    kept.nps === nps &&
    kept.ces === ces;
  return { ok: true, state: isSame ? state : kept };
}

function withDays<T extends { readonly days: readonly (readonly [number, ...number[]])[] }>(
  tiled: T,
  keptFromDay: number,
): T {
  const days = dropBefore(tiled.days, keptFromDay);
  return days === tiled.days ? tiled : { ...tiled, days };
}
