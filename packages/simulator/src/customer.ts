import type { AGREEMENT_TYPES } from '@bellwether/events';
import type { ScheduledEvent } from './event.ts';
import type { Industry } from './names.ts';
import type { Archetype, Segment } from './parameters.ts';
import type { Random } from './random.ts';
import type { DriftPlan } from './truth.ts';

/** What does not change about a customer. */
export interface Traits {
  readonly name: string;
  readonly industry: Industry;
  readonly owner: string;
  readonly employees: number;
  readonly seats: number;
  readonly createdDay: number;
  readonly parentCustomerId: string | null;
  readonly archetype: Archetype;
  readonly segment: Segment;
  readonly joinedDay: number;
  /** It was not a customer before `joinedDay`; use has to grow from nothing. */
  readonly newcomer: boolean;
  /** Gamma with mean 1: Poisson counts of it are negative binomial over the portfolio. */
  readonly useRate: number;
  readonly ticketRate: number;
  readonly weekendShare: number;
  /** Middle of the off-season of a seasonal customer, 0..1 of the year. */
  readonly offSeasonAt: number;
  /** How content it is when nothing is wrong, 0..1. */
  readonly sentiment: number;
  readonly latePayment: number;
  readonly reportsUsage: boolean;
  readonly hasTelemetry: boolean;
  readonly answersSurveys: boolean;
  readonly hasGoals: boolean;
  readonly holdsQbrs: boolean;
}

/** An agreement as the simulation keeps it. */
export interface Agreement {
  readonly id: string;
  readonly type: (typeof AGREEMENT_TYPES)[number];
  readonly parentId: string | null;
  readonly startDay: number;
  readonly termMonths: number;
  readonly billingMonths: number;
  readonly paymentTermDays: number;
  readonly noticeDays: number;
  readonly autoRenew: boolean;
  readonly serviceLine: string;
  /** Null: perpetual. */
  endDay: number | null;
  annualMinor: number;
  nextBillDay: number;
  decisionDay: number | null;
  /** It was decided not to renew. */
  lapses: boolean;
  amendments: number;
  sequence: number;
}

/** A person at the customer. */
export interface Contact {
  readonly id: string;
  readonly isSponsor: boolean;
  readonly isPrimary: boolean;
}

/** Something the customer wants to reach. */
export interface Goal {
  readonly id: string;
  readonly target: number;
  readonly reviewDay: number;
  readonly dueDay: number;
}

/** A sale that is being worked on. */
export interface Opportunity {
  readonly id: string;
  readonly kind: 'new' | 'upsell' | 'cross-sell' | 'renewal';
  readonly amountMinor: number;
  readonly agreementId: string | null;
  stage: number;
  nextDay: number;
}

/** Something that is already known to happen on a later day. */
export interface ScheduledArrival {
  readonly day: number;
  readonly isSponsor: boolean;
  readonly isPrimary: boolean;
}

/**
 * One customer of a running simulation. The state below the line is changed in place by the day's step; a
 * customer belongs to exactly one run, so nobody else sees it move.
 */
export interface Customer {
  readonly index: number;
  readonly id: string;
  readonly traits: Traits;
  readonly drift: DriftPlan | null;
  readonly random: Random;
  // ---
  /** Log level of use, a slow AR(1) process. */
  level: number;
  idleUntilDay: number;
  ticketStormUntilDay: number;
  features: number;
  agreements: Agreement[];
  contacts: Contact[];
  arrivals: ScheduledArrival[];
  goals: Goal[];
  nextGoalDay: number;
  opportunities: Opportunity[];
  nextQbrDay: number;
  qbrId: string | null;
  nextNpsDay: number;
  /** Events that lie in the future, in no order. */
  pending: ScheduledEvent[];
}
