import type { Change, CustomerChange, PortfolioContribution } from '@bellwether/events';
import { standingsOf } from '../agreements/agreement-status.ts';
import { mustTell, stalenessOf, staleSince } from '../gaps/staleness.ts';
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
import { type Decision, numberScores } from './number-scores.ts';

/** What is to be kept and published after one event, day or context. */
export interface CustomerDecision {
  /** The state to keep: sequence, published values, context and next review day are those of this decision. */
  readonly state: CustomerState;
  /** All consequences together; null when nothing that is published differs. */
  readonly change: CustomerChange | null;
  /** For a customer that is new to the portfolio, and whenever the value moved. */
  /** Where it comes from is added by whoever knows the record. */
  readonly contribution: Omit<PortfolioContribution, 'position'> | null;
}

/** The parts that have to be decided again; what did not move keeps its published values. */
interface Moved {
  readonly agreements: boolean;
  readonly payments: boolean;
  readonly signals: boolean;
  /** It must be told that data may be missing, or no longer (N14). */
  readonly staleness: boolean;
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
  if (!moved.agreements && !moved.payments && !moved.signals && !moved.staleness)
    return { state: after, change: null, contribution: null };
  const { published, changes } = decideAll(before, after, { input, moved });
  const isTold = changes.length > 0 || moved.staleness;
  const sequence = isTold ? after.sequence + 1 : after.sequence;
  const state: CustomerState = {
    ...after,
    engineVersion: ENGINE_VERSION,
    sequence,
    contextVersion: input.context.contextVersion,
    nextReviewDay: earliest(published.nextDays),
    published,
  };
  const change = isTold ? changeOf(state, changes, input) : null;
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
    staleness: mustTell(after.published.staleSince, stalenessOf(after.gaps, context.feeds)),
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
  const decided: Decision[] = [];
  if (value.change !== null) decided.push(value.change);
  if (payments !== null) decided.push(...payments.changes);
  if (agreements !== null) decided.push(...agreements.scores);
  if (health !== null) decided.push(...health.changes);
  if (agreements !== null) decided.push(...agreements.situations);
  const { changes, sequences } = numberScores(decided, previous.scoreSequences);
  const isTold = changes.length > 0 || moved.staleness;
  const since = isTold ? staleSince(stalenessOf(after.gaps, input.context.feeds)) : previous.staleSince;
  const published: Published = {
    ltv: value.totals,
    rfm: payments === null ? previous.rfm : payments.rfm,
    complexity: agreements === null ? previous.complexity : agreements.complexity,
    crossSell: agreements === null ? previous.crossSell : agreements.crossSell,
    notices: agreements === null ? previous.notices : agreements.notices,
    health: health === null ? previous.health : health.published,
    scoreSequences: sequences,
    currency: value.change === null ? previous.currency : currency,
    asOf: isTold ? input.asOf : previous.asOf,
    knownAt: isTold ? input.knownAt : previous.knownAt,
    contributionMinor: valueMinor,
    nextDays: {
      agreements: agreements === null ? previous.nextDays.agreements : agreements.nextDay,
      payments: payments === null ? previous.nextDays.payments : payments.nextDay,
      signals: health === null ? previous.nextDays.signals : health.nextDay,
    },
    ...(since === undefined ? {} : { staleSince: since }),
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
  const { staleSince: staleness } = state.published;
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
    ...(staleness === undefined ? {} : { staleSince: staleness }),
    changes,
    engineVersion: ENGINE_VERSION,
  };
}

function contributionOf(
  after: CustomerState,
  published: Published,
  input: DecideInput,
): CustomerDecision['contribution'] {
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
