import { mergeById, mergeSorted, mergeTiles } from '../merging/merge-sorted.ts';
import { compareValues, greaterOf, lesserOf } from '../ordering.ts';
import { mergeDetails } from '../relationship/contacts-extension.ts';
import { indexOfOldest } from './evolve-activity.ts';
import { boundTickets } from './evolve-tickets.ts';
import {
  type ActivityState,
  type Contact,
  type EngagementState,
  type FeatureSeen,
  type Goal,
  MAX_FEATURES,
  type Moment,
  type Seats,
  type SignalState,
  type SurveyState,
  type Ticket,
} from './state.ts';
import { laterOf } from './written.ts';

/** What health is read from, of two customers as of one (N23): as if all events had been those of one. */
export function mergeSignals(a: SignalState, b: SignalState): SignalState {
  return {
    activity: mergeActivity(a.activity, b.activity),
    firstTicketDay: lesserOf(a.firstTicketDay, b.firstTicketDay),
    tickets: boundTickets(mergeById(a.tickets, b.tickets, joinedTicket)),
    csat: mergeSurveys(a.csat, b.csat),
    nps: mergeSurveys(a.nps, b.nps),
    ces: mergeSurveys(a.ces, b.ces),
    engagement: mergeEngagement(a.engagement, b.engagement),
    contacts: mergeById(a.contacts, b.contacts, joinedContact),
    goals: mergeById(a.goals, b.goals, joinedGoal),
  };
}

function mergeActivity(a: ActivityState, b: ActivityState): ActivityState {
  return {
    firstDay: lesserOf(a.firstDay, b.firstDay),
    lastDay: greaterOf(a.lastDay, b.lastDay),
    days: mergeTiles(a.days, b.days),
    features: mergeFeaturesSeen(a.features, b.features),
    ...mergeSeats(a.seats, b.seats),
  };
}

function mergeFeaturesSeen(a: readonly FeatureSeen[], b: readonly FeatureSeen[]): readonly FeatureSeen[] {
  const merged = mergeSorted(a, b, {
    compare: ([one], [other]) => compareValues(one, other),
    join: (one, other) => (other[1] > one[1] ? other : one),
  });
  if (merged.length <= MAX_FEATURES) return merged;
  const kept = merged.slice();
  while (kept.length > MAX_FEATURES) kept.splice(indexOfOldest(kept), 1);
  return kept;
}

function mergeSeats(a: Seats | undefined, b: Seats | undefined): { readonly seats?: Seats } {
  if (a === undefined || b === undefined) {
    const seats = a ?? b;
    return seats === undefined ? {} : { seats };
  }
  return {
    seats: {
      activeUsers: laterOf(a.activeUsers, b.activeUsers),
      licensedSeats: laterOf(a.licensedSeats, b.licensedSeats),
    },
  };
}

function joinedTicket(a: Ticket, b: Ticket): Ticket {
  return {
    id: a.id,
    severity: lesserOf(a.severity, b.severity),
    opened: earlier(a.opened, b.opened),
    escalated: later(a.escalated, b.escalated),
    responded: earlier(a.responded, b.responded),
    resolved: later(a.resolved, b.resolved),
  };
}

function earlier(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null || b === null) return a ?? b;
  return b[0] < a[0] ? b : a;
}

function later(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null || b === null) return a ?? b;
  return b[0] > a[0] ? b : a;
}

function mergeSurveys(a: SurveyState, b: SurveyState): SurveyState {
  return { days: mergeTiles(a.days, b.days), last: laterOf(a.last, b.last) };
}

function mergeEngagement(a: EngagementState, b: EngagementState): EngagementState {
  return {
    lastMeetingDay: greaterOf(a.lastMeetingDay, b.lastMeetingDay),
    lastQbrHeldDay: greaterOf(a.lastQbrHeldDay, b.lastQbrHeldDay),
    lastQbrMissedDay: greaterOf(a.lastQbrMissedDay, b.lastQbrMissedDay),
    lastOutreachDay: greaterOf(a.lastOutreachDay, b.lastOutreachDay),
  };
}

function joinedContact(a: Contact, b: Contact): Contact {
  return {
    id: a.id,
    day: Math.max(a.day, b.day),
    isSponsor: laterOf(a.isSponsor, b.isSponsor),
    wasSponsor: a.wasSponsor || b.wasSponsor,
    created: laterOf(a.created, b.created),
    left: laterOf(a.left, b.left),
    ...mergeDetails(a, b),
  };
}

function joinedGoal(a: Goal, b: Goal): Goal {
  return {
    id: a.id,
    dueDay: laterOf(a.dueDay, b.dueDay),
    target: laterOf(a.target, b.target),
    actual: laterOf(a.actual, b.actual),
    met: earlier(a.met, b.met),
  };
}
