import {
  type Contribution,
  type CustomerChange,
  type PortfolioContribution,
  type ShadowScores,
  shortHash,
} from '@bellwether/events';
import { mustTell, stalenessOf, staleSince } from '../gaps/staleness.ts';
import { countedSides } from '../merging/counted.ts';
import { partnerOf } from '../merging/membership.ts';
import { takeBackLost, withdrawCustomer } from '../merging/withdraw-customer.ts';
import { changeOf } from './change-of.ts';
import { contributionOf, type ToldContribution } from './contribution-of.ts';
import {
  type CustomerState,
  ENGINE_VERSION,
  type NextDays,
  NOTHING_PUBLISHED,
  type Published,
  type PublishedParts,
} from './customer-state.ts';
import type { DecideInput } from './decide-input.ts';
import { decideParts } from './decide-parts.ts';
import { numberScores } from './number-scores.ts';
import { comparesSegments } from './parts/segment-medians.ts';
import { shadowScoresOf } from './shadow-scores-of.ts';

/** What is to be kept and published after one event, day or context. */
export interface CustomerDecision {
  /** The state to keep: sequence, published values, context and next review day are those of this decision. */
  readonly state: CustomerState;
  /** All consequences together; null when nothing that is published differs. */
  readonly change: CustomerChange | null;
  /**
   * For a customer that is new to the portfolio, and whenever its value or what a census reads of it moved; where it
   * comes from is added by whoever knows the record.
   */
  readonly contribution: Omit<PortfolioContribution, 'position'> | null;
  /** Health by the models that are tried; null when nothing of it differs. */
  readonly shadowScores: ShadowScores | null;
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
  const counted = countedSides(before, after);
  if (counted.after === undefined) return withdrawCustomer(before, after, input);
  const sides = { before: counted.before, after: counted.after };
  const lost = takeBackLost(before, after, { ...sides, context: input.context });
  const previous = before === undefined ? NOTHING_PUBLISHED : lost.published;
  const staleness = stalenessOf(counted.after.gaps, input.context.feeds);
  const hasToTell = mustTell(after.published.staleSince, staleness) || isBack(before, after);
  const { context } = input;
  const { parts, nextDays, decided, isIdle } = decideParts(previous, { ...sides, context });
  if (isIdle && !hasToTell) return { state: after, change: null, contribution: null, shadowScores: null };
  const { changes, sequences } = numberScores([...lost.decided, ...decided], previous.scoreSequences);
  const isTold = changes.length > 0 || hasToTell;
  const since = isTold ? staleSince(staleness) : previous.staleSince;
  const told = after.published.contribution;
  const contribution =
    comparesSegments(context.models) || hasToTellPortfolio(sides.before, sides.after, parts)
      ? contributionOf(sides.after, parts, context)
      : null;
  const published: Published = {
    ...parts,
    scoreSequences: sequences,
    currency:
      parts.ltv === previous.ltv && parts.revenue === previous.revenue
        ? previous.currency
        : context.settings.currency,
    asOf: isTold ? input.asOf : previous.asOf,
    knownAt: isTold ? input.knownAt : previous.knownAt,
    contribution: contribution === null ? told : toldOf(contribution),
    nextDays,
    ...(since === undefined ? {} : { staleSince: since }),
  };
  const sequence = isTold ? after.sequence + 1 : after.sequence;
  const state: CustomerState = {
    ...after,
    engineVersion: ENGINE_VERSION,
    sequence,
    contextVersion: context.contextVersion,
    nextReviewDay: earliest(nextDays),
    published,
  };
  const change = isTold ? changeOf(state, changes, input) : null;
  return {
    state,
    change,
    contribution: movedContribution(told, contribution, { state, input }),
    shadowScores: shadowScoresOf(state, previous, input),
  };
}

function earliest(nextDays: NextDays): number | null {
  let first: number | null = null;
  for (const day of Object.values(nextDays)) if (first === null || day < first) first = day;
  return first;
}

/** The customer counted with another one and counts for itself again. */
function isBack(before: CustomerState | undefined, after: CustomerState): boolean {
  return before !== undefined && partnerOf(before) !== null && partnerOf(after) === null;
}

/** The parts and features that a contribution is made of; the others move far more often. */
function hasToTellPortfolio(
  before: CustomerState | undefined,
  after: CustomerState,
  parts: PublishedParts,
): boolean {
  if (before === undefined || after.published.contribution === null) return true;
  const { ltv, rfm, revenue, relationship, tier, outcomes, forecasts } = after.published;
  return (
    before.payments !== after.payments ||
    before.agreements !== after.agreements ||
    before.opportunities !== after.opportunities ||
    parts.ltv !== ltv ||
    parts.rfm !== rfm ||
    parts.revenue !== revenue ||
    parts.relationship !== relationship ||
    parts.tier !== tier ||
    parts.outcomes !== outcomes ||
    parts.forecasts !== forecasts
  );
}

function toldOf({ valueMinor, row }: Required<Contribution>): ToldContribution {
  return { valueMinor, rowHash: shortHash(row) };
}

function movedContribution(
  told: ToldContribution | null,
  now: Required<Contribution> | null,
  { state, input }: { readonly state: CustomerState; readonly input: DecideInput },
): CustomerDecision['contribution'] {
  const { tenant, customerId, published } = state;
  if (now === null || published.contribution === null) return null;
  const { valueMinor, rowHash } = published.contribution;
  if (told !== null && told.valueMinor === valueMinor && told.rowHash === rowHash) return null;
  const { context, asOf, knownAt, historical } = input;
  return {
    kind: 'contribution',
    tenant,
    customerId,
    currency: context.settings.currency,
    before: told === null ? null : { valueMinor: told.valueMinor },
    after: now,
    asOf,
    knownAt,
    historical,
  };
}
