import type { ContactDetails } from '../relationship/contacts-extension.ts';
import type { SurveyTile, UseTile } from './day-tiles.ts';
import type { Written } from './written.ts';

/** Days, today included, for which day tiles and closed tickets are kept (design section 2). */
export const HORIZON_DAYS = 400;
export const MAX_FEATURES = 200;
export const MAX_OPEN_TICKETS = 500;
/** Of more tickets than this the ones resolved longest ago are forgotten before the horizon. */
export const MAX_TICKETS = 2_000;
export const MAX_CONTACTS = 500;
export const MAX_GOALS = 500;

/** An instant (epoch ms) and the epoch day on which it fell in the tenant's zone. */
export type Moment = readonly [timeMs: number, day: number];

/** Product use (S91). */
export interface ActivityState {
  /** First and last day of any use, at any age; null: never used. */
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  readonly days: readonly UseTile[];
  /** Last day of use by feature, in the order of their names; the MAX_FEATURES seen most recently. */
  readonly features: readonly FeatureSeen[];
  /** Absent until somebody reported seats. */
  readonly seats?: Seats;
}
export type FeatureSeen = readonly [feature: string, lastDay: number];

/** What is known of a support ticket; its events may come in any order (S92). */
export interface Ticket {
  readonly id: string;
  /** Worst severity that any event named, 1 is the worst; null: none did yet. */
  readonly severity: number | null;
  readonly opened: Moment | null;
  /** The last escalation. */
  readonly escalated: Moment | null;
  /** The first response. */
  readonly responded: Moment | null;
  /** The last resolution. */
  readonly resolved: Moment | null;
}

/** Answers to one kind of survey, normalised to 0..10000 hundredths with high as good (D18). */
export interface SurveyState {
  readonly days: readonly SurveyTile[];
  readonly last: Written<number> | null;
}

/** Seats as a source reported them last (S91); each of the two by its own latest report. */
export interface Seats {
  readonly activeUsers: Written<number> | null;
  readonly licensedSeats: Written<number> | null;
}

/** A person at the customer (S33, S65, S93). */
export interface Contact extends ContactDetails {
  readonly id: string;
  /** Newest day on which something was said about the contact. */
  readonly day: number;
  readonly isSponsor: Written<boolean> | null;
  /** Was a sponsor by any event, so that a sponsor who left is told from somebody who never was one. */
  readonly wasSponsor: boolean;
  readonly created: Written<true> | null;
  readonly left: Written<true> | null;
}

/** A goal of the customer (S93, S112). */
export interface Goal {
  readonly id: string;
  readonly dueDay: Written<number> | null;
  readonly target: Written<number> | null;
  readonly actual: Written<number> | null;
  /** When it was first reported as met. */
  readonly met: Moment | null;
}

/** Newest day of each kind of meeting (S36, S101). */
export interface EngagementState {
  readonly lastMeetingDay: number | null;
  readonly lastQbrHeldDay: number | null;
  readonly lastQbrMissedDay: number | null;
  readonly lastOutreachDay: number | null;
}

/**
 * What health signals are read from: bounded, plain JSON, each list sorted, so that the events of the last HORIZON_DAYS
 * days make the same state in whatever order they arrive (N5).
 */
export interface SignalState {
  readonly activity: ActivityState;
  /** Day of the first ticket event, at any age; null: never had one. */
  readonly firstTicketDay: number | null;
  readonly tickets: readonly Ticket[];
  readonly csat: SurveyState;
  readonly nps: SurveyState;
  readonly ces: SurveyState;
  readonly engagement: EngagementState;
  readonly contacts: readonly Contact[];
  readonly goals: readonly Goal[];
}

const NO_ANSWERS: SurveyState = { days: [], last: null };
const INITIAL: SignalState = {
  activity: { firstDay: null, lastDay: null, days: [], features: [] },
  firstTicketDay: null,
  tickets: [],
  csat: NO_ANSWERS,
  nps: NO_ANSWERS,
  ces: NO_ANSWERS,
  engagement: { lastMeetingDay: null, lastQbrHeldDay: null, lastQbrMissedDay: null, lastOutreachDay: null },
  contacts: [],
  goals: [],
};

/** A customer of whom nothing is known. */
export function initialSignals(): SignalState {
  return INITIAL;
}
