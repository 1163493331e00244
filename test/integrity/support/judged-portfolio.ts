import {
  type CensusRow,
  type CustomerState,
  countPortfolio,
  type PortfolioFindings,
  SHIPPED_MODELS,
} from '@bellwether/domain';
import { type CustomerEvent, DAY_MS, FEEDS, type FeedStatuses, isFirstOfMonth } from '@bellwether/events';
import { type SimulatedEvent, simulatePortfolio, type Truth } from '@bellwether/simulator';
import { nextRecordDay } from '../../../packages/domain/src/churn/observe-churn.ts';
import { NO_CONTEXT_VERSIONS } from '../../../packages/domain/src/context/context-items.ts';
import { decideCustomer } from '../../../packages/domain/src/customer/decide-customer.ts';
import { type DecisionContext, inputForDay } from '../../../packages/domain/src/customer/decide-input.ts';
import { evolveCustomer } from '../../../packages/domain/src/customer/evolve-customer.ts';
import { nextForecastDay } from '../../../packages/domain/src/value/forecast-record.ts';

/**
 * A simulated portfolio, folded by the rules alone: no log, no store. To be quick, customers are decided on their own
 * days only, which is when something is asked of them, and counted as each month begins.
 */
export class JudgedPortfolio {
  readonly customers = new Map<string, CustomerState>();
  readonly rows = new Map<string, CensusRow>();
  /** What each census found, the newest last. */
  readonly censuses: PortfolioFindings[] = [];
  readonly #feeds: FeedStatuses;

  constructor(today: number) {
    this.#feeds = Object.fromEntries(
      FEEDS.map((feed) => [feed, { status: 'fresh', lastDay: today }]),
    ) as unknown as FeedStatuses;
  }

  begin(day: number): void {
    const context = this.#context(day);
    const record = { receivedAt: context.startsAt, historical: true };
    for (const state of this.customers.values()) {
      if (!isOwnDay(state, day)) continue;
      const undecided = { ...state, contextVersion: -1 };
      this.#keep(decideCustomer(undecided, undecided, inputForDay(context, record, state)));
    }
    if (isFirstOfMonth(day)) this.#count(day);
  }

  take(event: CustomerEvent): void {
    const evolved = evolveCustomer(this.customers.get(event.customerId), event, event.day);
    if (evolved.kind !== 'ok') throw new Error(`${event.type} of ${event.customerId}: ${evolved.kind}`);
    this.customers.set(event.customerId, evolved.state);
  }

  #count(day: number): void {
    const course = { previous: this.censuses.at(-1) ?? null, historical: true };
    this.censuses.push(countPortfolio([...this.rows.values()], day, course));
  }

  #keep({ state, contribution }: ReturnType<typeof decideCustomer>): void {
    this.customers.set(state.customerId, state);
    const row = contribution?.after?.row;
    if (row !== undefined) this.rows.set(state.customerId, JSON.parse(row) as CensusRow);
  }

  #context(day: number): DecisionContext {
    return {
      day,
      startsAt: day * DAY_MS,
      settings: { currency: 'USD', timeZone: 'UTC', synthetic: true, clock: 'importing' },
      feeds: this.#feeds,
      findings: this.censuses.at(-1) ?? null,
      models: SHIPPED_MODELS,
      contextVersion: 1 + this.censuses.length,
      itemVersions: NO_CONTEXT_VERSIONS,
    };
  }
}

function isOwnDay({ slot, published }: CustomerState, day: number): boolean {
  const at = { slot, today: day - 1 };
  return (
    nextRecordDay(published.outcomes, { ...at, toldBasisPoints: 0 }) === day ||
    nextForecastDay(published.forecasts, { ...at, isPredicted: true }) === day
  );
}

/** Plays the small customers of a simulated portfolio day by day: with few agreements, their ends are often open. */
export function judgeSimulated(options: {
  readonly seed: number;
  readonly customers: number;
  readonly startDay: number;
  readonly days: number;
}): { readonly portfolio: JudgedPortfolio; readonly truth: readonly Truth[] } {
  const { seed, customers, startDay, days } = options;
  const endDay = startDay + days - 1;
  const simulation = simulatePortfolio({ seed, customers, startDay, endDay });
  const portfolio = new JudgedPortfolio(endDay);
  const truth = simulation.truth().filter(({ segment }) => segment === 'small');
  const chosen = new Set(truth.map(({ customerId }) => customerId));
  let today = startDay - 1;
  for (const simulated of simulation.events()) {
    if (!chosen.has(simulated.subject)) continue;
    const event = toEvent(simulated);
    for (; today < event.day; today += 1) portfolio.begin(today + 1);
    portfolio.take(event);
  }
  return { portfolio, truth };
}

function toEvent({ subject, time, specversion: _, ...event }: SimulatedEvent): CustomerEvent {
  const ms = Date.parse(time);
  return {
    ...event,
    kind: 'event',
    tenant: 'simulated',
    customerId: subject,
    time: ms,
    day: Math.floor(ms / DAY_MS),
    receivedAt: ms,
    historical: true,
  } as CustomerEvent;
}
