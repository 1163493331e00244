import type { Change, CustomerChange, PortfolioContribution } from '@bellwether/events';
import { standingsOf } from '../agreements/agreement-status.ts';
import { ltvValueOf } from '../ltv/decide-ltv.ts';
import {
  type CustomerState,
  ENGINE_VERSION,
  type NextDays,
  NOTHING_PUBLISHED,
  type Published,
} from './customer-state.ts';
import type { DecideInput } from './decide-input.ts';
import { decideAgreements, decideHealthOf, decidePayments, decideValue } from './decide-parts.ts';

/** What is to be kept and published after one event, day or context. */
export interface CustomerDecision {
  /** The state to keep: sequence, published values, context and next review day are those of this decision. */
  readonly state: CustomerState;
  /** All consequences together; null when nothing that is published differs. */
  readonly change: CustomerChange | null;
  /** For a customer that is new to the portfolio, and whenever the value moved. */
  readonly contribution: PortfolioContribution | null;
}

/** The parts that have to be decided again; what did not move keeps its published values. */
interface Moved {
  readonly agreements: boolean;
  readonly payments: boolean;
  readonly signals: boolean;
}

/**
 * Decides what an evolved customer means: every score whose inputs moved (by an event, the day, or the context) is
 * computed, and what differs from what was published becomes one change. `before` is the state as it was decided last,
 * `undefined` for a new customer; it is the same as `after` when a day or a context is the cause. Pure.
 */
export function decideCustomer(
  before: CustomerState | undefined,
  after: CustomerState,
  input: DecideInput,
): CustomerDecision {
  const moved = whatMoved(before, after, input);
  if (!moved.agreements && !moved.payments && !moved.signals)
    return { state: after, change: null, contribution: null };
  const { published, changes } = decideAll(before, after, { input, moved });
  const sequence = changes.length === 0 ? after.sequence : after.sequence + 1;
  const state: CustomerState = {
    ...after,
    engineVersion: ENGINE_VERSION,
    sequence,
    contextVersion: input.context.contextVersion,
    nextReviewDay: earliest(published.nextDays),
    published,
  };
  const change = changes.length === 0 ? null : changeOf(state, changes, input);
  return { state, change, contribution: contributionOf(after, published, input) };
}

function whatMoved(before: CustomerState | undefined, after: CustomerState, { context }: DecideInput): Moved {
  const isAll = before === undefined || before.contextVersion !== context.contextVersion;
  const { nextDays } = after.published;
  const isDue = (day: number | null) => day !== null && day <= context.day;
  return {
    agreements: isAll || before.agreements !== after.agreements || isDue(nextDays.agreements),
    payments: isAll || before.payments !== after.payments || isDue(nextDays.payments),
    signals: isAll || before.signals !== after.signals || isDue(nextDays.signals),
  };
}

function decideAll(
  before: CustomerState | undefined,
  after: CustomerState,
  { input, moved }: { input: DecideInput; moved: Moved },
): { published: Published; changes: readonly Change[] } {
  const { day, settings } = input.context;
  const previous = before === undefined ? NOTHING_PUBLISHED : after.published;
  const { currency } = settings;
  const standings = moved.agreements ? standingsOf(after.agreements, day) : null;
  const value = decideValue(previous.ltv, { before, after, standings, currency });
  const valueMinor = value.totals === null ? 0 : ltvValueOf(value.totals);
  const payments = moved.payments ? decidePayments(previous, after.payments, day) : null;
  const agreements =
    standings === null ? null : decideAgreements(previous, standings, { today: day, currency, valueMinor });
  const health = moved.signals
    ? decideHealthOf(previous, after.signals, {
        today: day,
        feeds: input.context.feeds,
        currency,
        valueMinor,
      })
    : null;
  const changes: Change[] = [];
  if (value.change !== null) changes.push(value.change);
  if (payments !== null) changes.push(...payments.changes);
  if (agreements !== null) changes.push(...agreements.scores);
  if (health !== null) changes.push(...health.changes);
  if (agreements !== null) changes.push(...agreements.situations);
  const published: Published = {
    ltv: value.totals,
    rfm: payments === null ? previous.rfm : payments.rfm,
    complexity: agreements === null ? previous.complexity : agreements.complexity,
    crossSell: agreements === null ? previous.crossSell : agreements.crossSell,
    notices: agreements === null ? previous.notices : agreements.notices,
    health: health === null ? previous.health : health.published,
    contributionMinor: valueMinor,
    nextDays: {
      agreements: agreements === null ? previous.nextDays.agreements : agreements.nextDay,
      payments: payments === null ? previous.nextDays.payments : payments.nextDay,
      signals: health === null ? previous.nextDays.signals : health.nextDay,
    },
  };
  return { published, changes };
}

function earliest({ agreements, payments, signals }: NextDays): number | null {
  let first: number | null = null;
  for (const day of [agreements, payments, signals]) {
    if (day !== null && (first === null || day < first)) first = day;
  }
  return first;
}

function changeOf(state: CustomerState, changes: readonly Change[], input: DecideInput): CustomerChange {
  return {
    kind: 'change',
    tenant: state.tenant,
    customerId: state.customerId,
    sequence: state.sequence,
    asOf: input.asOf,
    knownAt: input.knownAt,
    historical: input.historical,
    cause: input.cause,
    causedBy: input.causedBy,
    changes,
    engineVersion: ENGINE_VERSION,
  };
}

function contributionOf(
  after: CustomerState,
  published: Published,
  input: DecideInput,
): PortfolioContribution | null {
  const before = after.published.contributionMinor;
  const now = published.contributionMinor ?? 0;
  if (before === now) return null;
  return {
    kind: 'contribution',
    tenant: after.tenant,
    customerId: after.customerId,
    currency: input.context.settings.currency,
    before: before === null ? null : { valueMinor: before },
    after: { valueMinor: now },
    asOf: input.asOf,
    knownAt: input.knownAt,
    historical: input.historical,
  };
}
