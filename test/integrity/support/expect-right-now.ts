import type { CustomerState } from '@bellwether/domain';
import type { CustomerEvent } from '@bellwether/events';
import { type OracleContext, recomputeCustomer, recomputeScores } from '@bellwether/testkit';
import { expectPublished, expectPublishedHealth, expectSameFeatures } from './compare-features.ts';
import { expectSameScores, expectStandingScores } from './compare-scores.ts';
import { beforeOf, decidedAfresh, standingOf } from './published-scores.ts';
import { observedFeatures, type ScoredCustomer } from './scored-customer.ts';

/** The context of a customer, as the oracle takes it. */
export function contextOf({ head }: ScoredCustomer): OracleContext {
  return { today: head.day ?? 0, feeds: head.feeds, findings: head.findings };
}

/** On days on which nothing else happened, everything is decided anew once in so many of them. */
const DAYS_A_LOOK = 5;

/**
 * Fails where a customer is not what the oracle makes of all events so far: its features; every score and situation,
 * decided anew from these features with nothing published before, to the last unit; and what stands of them.
 * @param before as it stood before the last record
 */
export function expectRightNow(customer: ScoredCustomer, before: CustomerState | undefined): void {
  const { state, head, given, reviewedDay } = customer;
  if (state === undefined || head.day === null) return;
  const context = contextOf(customer);
  const expected = recomputeCustomer(given, context);
  const isReviewed = reviewedDay === head.day;
  const observed = observedFeatures(state, context);
  expectSameFeatures(isReviewed ? observed : { ...observed, notices: expected.notices }, expected);
  if (state !== before || head.day % DAYS_A_LOOK === 0) expectExactly(customer);
  if (!isReviewed) return;
  expectPublished(state, expected);
  if (state.contextVersion !== head.contextVersion) return;
  expectPublishedHealth(state, expected);
  expectTold(state, before, { given, context });
}

/** Fails where a score, decided anew with nothing published before, is not the oracle's to the last unit. */
export function expectExactly(customer: ScoredCustomer): void {
  const { state, head, given } = customer;
  if (state !== undefined)
    expectSameScores(decidedAfresh(state, head), recomputeScores(given, contextOf(customer)));
}

/**
 * What stands must be what the rules make of what stood before this record and of the events now: so what ends later
 * than it began is judged step by step. Where a newer context came before the event there were two steps at once: then
 * the rules must leave what stands as it is.
 */
function expectTold(
  { published, contextVersion }: CustomerState,
  before: CustomerState | undefined,
  { given, context }: { readonly given: readonly CustomerEvent[]; readonly context: OracleContext },
): void {
  const isOneStep = before !== undefined && before.contextVersion === contextVersion;
  const stood = beforeOf(isOneStep ? before.published : published);
  expectStandingScores(
    published,
    recomputeScores(given, context, { before: stood, standing: standingOf(published) }),
  );
}
