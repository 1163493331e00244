import { DAY_MS, formatDay } from '@bellwether/events';
import type { Customer } from './customer.ts';
import type { ScheduledEvent } from './event.ts';
import { useProduct } from './families/activity.ts';
import { announceAgreement, keepAgreements, leaveForGood } from './families/agreements.ts';
import { createContact, movePeople } from './families/contacts.ts';
import { engage } from './families/engagement.ts';
import { answerSurveys } from './families/feedback.ts';
import { pursueGoals, setGoal } from './families/goals.ts';
import { market } from './families/marketing.ts';
import { sell } from './families/opportunities.ts';
import { bill } from './families/payments.ts';
import { raiseTickets } from './families/tickets.ts';
import { DAYS_PER_MONTH, SEGMENTS } from './parameters.ts';
import { moveRhythm } from './rhythm.ts';
import { Scene } from './scene.ts';

const SETTLEMENT_DAYS = 45;

/** Whether a customer exists on a day: it has joined and has not been lost. */
export function isPresent(customer: Customer, day: number): boolean {
  return day >= customer.traits.joinedDay && !hasLeft(customer, day);
}

function hasLeft(customer: Customer, day: number): boolean {
  const churnDay = customer.drift?.churnDay ?? null;
  return churnDay !== null && day >= churnDay;
}

/** When the systems begin to tell what they know of a customer that joins, and the time between two facts. */
export interface Opening {
  readonly atMs: number;
  readonly stepMs: number;
}

/**
 * Lives one day of one customer and returns what happens on it, in no order. Days are stepped one by one, in order.
 */
export function stepDay(customer: Customer, day: number, opening: Opening): ScheduledEvent[] {
  if (day < customer.traits.joinedDay) return [];
  const { pending } = customer;
  const schedule = (event: ScheduledEvent): void => {
    pending.push(event);
  };
  const scene = new Scene({ customer, day, random: customer.random, label: '', schedule });
  if (day === customer.traits.joinedDay) open(scene, opening);
  else if (!hasLeft(customer, day)) live(scene);
  else if (day === customer.drift?.churnDay) depart(scene);
  return takeDue(customer, (day + 1) * DAY_MS);
}

function takeDue(customer: Customer, untilMs: number): ScheduledEvent[] {
  if (customer.pending.length === 0) return [];
  const due: ScheduledEvent[] = [];
  const later: ScheduledEvent[] = [];
  for (const event of customer.pending) (event.atMs < untilMs ? due : later).push(event);
  customer.pending = later;
  return due;
}

/** The first day: profile, agreements, people, goals, as the source systems hold them. */
function open(scene: Scene, opening: Opening): void {
  const { customer, day, random } = scene;
  const { traits } = customer;
  let atMs = opening.atMs;
  const next = (): number => {
    atMs += opening.stepMs;
    return atMs;
  };
  const profile = {
    name: traits.name,
    industry: traits.industry,
    sizeBand: SEGMENTS[traits.segment].sizeBand,
    employees: traits.employees,
    annualRevenueMinor: traits.employees * random.integer(90_000, 260_000) * 100,
    yearlyCostMinor: traits.employees * random.integer(400, 1_500) * 100,
    owner: traits.owner,
    createdDate: formatDay(traits.createdDay),
    status: 'active',
    ...(traits.parentCustomerId === null ? {} : { parentCustomerId: traits.parentCustomerId }),
  };
  scene.emit('customer.profile', profile, { atMs: next() });
  for (const agreement of customer.agreements) {
    announceAgreement(scene, agreement, next());
    // Billing goes on in the rhythm in which it began.
    const period = Math.round(agreement.billingMonths * DAYS_PER_MONTH);
    const intoPeriod = (day - agreement.startDay) % period;
    agreement.nextBillDay = day + (intoPeriod === 0 ? 1 : period - intoPeriod);
  }
  const people = random.integer(...SEGMENTS[traits.segment].contacts);
  const sponsored = random.chance(0.8) || customer.drift?.reason === 'sponsor-left';
  for (let person = 0; person < people; person += 1) {
    const isSponsor = sponsored && person === people - 1;
    createContact(scene, { isSponsor, isPrimary: person === 0 }, next());
  }
  if (traits.hasGoals) setGoal(scene, next());
}

function live(scene: Scene): void {
  moveRhythm(scene);
  movePeople(scene);
  keepAgreements(scene);
  useProduct(scene);
  raiseTickets(scene);
  answerSurveys(scene);
  engage(scene);
  sell(scene);
  bill(scene);
  market(scene);
  pursueGoals(scene);
}

/** What was under way ends with the customer; open invoices are still settled, or never. */
function depart(scene: Scene): void {
  const { customer, day, random } = scene;
  const settled = customer.pending.filter(({ atMs, event }) => {
    return event.type.startsWith('payment.') && atMs < (day + SETTLEMENT_DAYS) * DAY_MS && random.chance(0.8);
  });
  customer.pending.splice(0, customer.pending.length, ...settled);
  leaveForGood(scene);
}
