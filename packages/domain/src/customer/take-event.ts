import type { CustomerEvent, Fault, QuarantineReason } from '@bellwether/events';
import { decisionContext } from '../context/decision-context.ts';
import type { TenantContext } from '../context/tenant-context.ts';
import { isNotice } from '../gaps/data-gaps.ts';
import { type MembershipMove, tellPartner } from '../merging/settle-membership.ts';
import { tooMuchOf } from '../merging/take-transfer.ts';
import { occasionOf } from '../merging/transfers.ts';
import type { CustomerState } from './customer-state.ts';
import { type CustomerDecision, decideCustomer } from './decide-customer.ts';
import { type DecisionContext, inputForContext, inputForDay, inputForEvent } from './decide-input.ts';
import { evolveCustomer } from './evolve-customer.ts';

/** What became of one event of a customer. */
export type EventTaking =
  | {
      readonly kind: 'ok';
      /** Undefined: what a source says of somebody who is no customer makes nobody one. */
      readonly state: CustomerState | undefined;
      /** Under a context that the customer had not met yet: a change of its own, which comes first. */
      readonly caughtUp: CustomerDecision | null;
      readonly decided: CustomerDecision | null;
      /** What the customers that it counts with have to be told (N23); null: there is nobody. */
      readonly move: MembershipMove | null;
    }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'quarantined'; readonly reason: QuarantineReason; readonly faults: readonly Fault[] };

/**
 * Takes one event into its customer and decides what it means: the one step by which scoring goes live, and by which
 * the past is looked at again (N4). `context` is that of the tenant where the event stands in the log. Pure.
 */
export function takeEvent(
  known: CustomerState | undefined,
  event: CustomerEvent,
  context: TenantContext,
): EventTaking {
  if (isNotice(event) && known === undefined) {
    return { kind: 'ok', state: undefined, caughtUp: null, decided: null, move: null };
  }
  const present = decisionContext(context, event.day);
  const caughtUp = catchUp(known, present, event);
  const state = caughtUp?.state ?? known;
  const evolved = evolveCustomer(state, event, present.day);
  if (evolved.kind !== 'ok') return evolved;
  const fault = evolved.state.members === undefined ? undefined : tooMuchOf(evolved.state);
  if (fault !== undefined)
    return { kind: 'quarantined', reason: 'entity-limit', faults: [{ ...fault, path: '/data' }] };
  const input = inputForEvent(present, event);
  const move = tellPartner(evolved.state, occasionOf(event, input.cause));
  const decided = decideCustomer(state, move.state, input);
  return { kind: 'ok', state: decided.state, caughtUp, decided, move };
}

/**
 * A customer that has not met the present context yet is decided under it first: that change is its own, and comes
 * before what the record brings. Null: it has met it.
 */
export function catchUp(
  known: CustomerState | undefined,
  present: DecisionContext,
  record: Parameters<typeof inputForContext>[1],
): CustomerDecision | null {
  if (known === undefined || known.contextVersion >= present.contextVersion) return null;
  return decideCustomer(known, known, inputForContext(present, record, known));
}

/** True for a customer whom a day or review reaches: something may differ by itself, or the context is newer. */
export function isDue(state: CustomerState, context: TenantContext): boolean {
  if (context.day === null) return false;
  if (state.contextVersion < context.contextVersion) return true;
  return state.nextReviewDay !== null && state.nextReviewDay <= context.day;
}

/**
 * Decides a customer again as a day or review reaches it: the same features on another day (N3). Null before the first
 * day of the tenant.
 */
export function reviewDue(
  state: CustomerState,
  context: TenantContext,
  receivedAt: number,
): CustomerDecision | null {
  if (context.day === null) return null;
  const record = { receivedAt, historical: context.settings.clock === 'importing' };
  return decideCustomer(state, state, inputForDay(decisionContext(context, context.day), record, state));
}
