import { DAY_MS } from '@bellwether/events';
import type { Customer } from './customer.ts';
import { deliverWithFaults, type Faults } from './deliver-with-faults.ts';
import { inOrderOfTime, type ScheduledEvent, type SimulatedEvent } from './event.ts';
import { buildPortfolio, type PortfolioOptions } from './portfolio.ts';
import { stepDay } from './step-day.ts';
import type { Truth } from './truth.ts';

const OPENING_HOURS = 20;
const HOUR_MS = 3_600_000;
/** More facts than this no customer begins with. */
const MOST_FACTS = 32;

/** A portfolio, and until when it is played. */
export interface SimulationOptions extends PortfolioOptions {
  /** Last epoch day with events, `startDay` or later. */
  readonly endDay: number;
  /** How the delivery goes wrong; left out, events come once and in order of time. */
  readonly faults?: Faults | undefined;
}

/** A played portfolio: what happened, and what was really going on. */
export interface Simulation {
  /** All events from `startDay` to `endDay`, made one day at a time; each call begins anew and gives the same. */
  events(): Iterable<SimulatedEvent>;
  /** What really goes on, one entry a customer that has joined by `endDay`, in order of id. */
  truth(): Truth[];
}

/**
 * A made-up portfolio with known truth (N24). A function of its options only: the same seed gives the same events,
 * byte for byte, and a later `endDay` only adds to them. Throws a RangeError for options that make no sense.
 */
export function simulatePortfolio(options: SimulationOptions): Simulation {
  const { seed, endDay, startDay, faults } = options;
  if (!Number.isSafeInteger(endDay) || endDay < startDay) {
    throw new RangeError(`the last day must be the first day (${startDay}) or later, not ${endDay}`);
  }
  const truth = truthOf(buildPortfolio(options), endDay);
  return {
    *events() {
      const inOrder = scheduledEvents(options);
      for (const { event } of faults === undefined ? inOrder : deliverWithFaults(inOrder, faults, seed))
        yield event;
    },
    truth: () => [...truth],
  };
}

function* scheduledEvents(options: SimulationOptions): Generator<ScheduledEvent> {
  const customers = buildPortfolio(options);
  for (let day = options.startDay; day <= options.endDay; day += 1) {
    // On the first day customers are told of one after the other, so that day is no larger in memory than another.
    if (day === options.startDay) yield* openingDay(customers, day);
    else yield* eventsOfDay(customers, day);
  }
}

/** The first day, customer after customer, each in its own stretch of the day. */
export function* openingDay(customers: readonly Customer[], day: number): Generator<ScheduledEvent> {
  const stretchMs = (OPENING_HOURS * HOUR_MS) / customers.length;
  for (const customer of customers) {
    const opening = {
      atMs: day * DAY_MS + customer.index * stretchMs,
      stepMs: Math.min(1_000, stretchMs / MOST_FACTS),
    };
    yield* stepDay(customer, day, opening).sort(inOrderOfTime);
  }
}

/** What happens to all customers on a day after the first, in order of time. */
export function eventsOfDay(customers: readonly Customer[], day: number): ScheduledEvent[] {
  const events: ScheduledEvent[] = [];
  for (const customer of customers) {
    for (const event of stepDay(customer, day, { atMs: day * DAY_MS + 9 * HOUR_MS, stepMs: 1_000 }))
      events.push(event);
  }
  return events.sort(inOrderOfTime);
}

function truthOf(customers: readonly Customer[], endDay: number): Truth[] {
  const joined = customers.filter(({ traits }) => traits.joinedDay <= endDay);
  return joined.map(({ id, traits, drift }) => {
    const { archetype, segment, joinedDay } = traits;
    const base = { customerId: id, archetype, segment, joinedDay };
    if (drift === null || drift.startDay > endDay) return { ...base, drift: null };
    const { startDay, reason, churnDay, recoveredDay } = drift;
    return { ...base, drift: { startDay, reason, churnDay, recoveredDay } };
  });
}
