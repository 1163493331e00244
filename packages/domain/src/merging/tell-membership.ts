import type { Fault, QuarantineReason } from '@bellwether/events';
import { type CustomerState, initialCustomer } from '../customer/customer-state.ts';
import { hasRecentId, recentIdOf, withRecentId } from '../customer/recent-ids.ts';
import { livingMembers } from './members.ts';
import { compareToldAt, type Membership, type MembershipEvent, toldAt } from './membership.ts';
import { type MembershipMove, settleMembership, unmoved } from './settle-membership.ts';
import { occasionOf } from './transfers.ts';

/** What became of an event that says with whom a customer counts. */
export type MembershipEvolution =
  | { readonly kind: 'ok'; readonly move: MembershipMove }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'quarantined'; readonly reason: QuarantineReason; readonly faults: readonly Fault[] };

/** True for an event that says with whom a customer counts. */
export function isMembershipEvent<Told extends { readonly type: string }>(
  event: Told,
): event is Extract<Told, { readonly type: MembershipEvent['type'] }> {
  return event.type === 'customer.merged' || event.type === 'customer.split';
}

/**
 * Takes an event that says with whom a customer counts (N23). The one told last holds, in whatever order they arrive;
 * one that says what holds already changes nothing. Refused: a customer into itself, or into one that was merged into
 * it.
 */
export function tellMembership(
  known: CustomerState | undefined,
  event: MembershipEvent,
): MembershipEvolution {
  const state: CustomerState = known ?? { ...initialCustomer(event), isUnseen: true };
  const recentId = recentIdOf(event);
  if (hasRecentId(state.recentIds, recentId)) return { kind: 'duplicate' };
  const fault = circleFault(state, event);
  if (fault !== undefined) return { kind: 'quarantined', reason: 'merge-refused', faults: [fault] };
  const recentIds = withRecentId(state.recentIds, recentId, event.receivedAt);
  const noted = { ...state, recentIds };
  const { membership } = state;
  if (membership !== undefined && compareToldAt(toldAt(event), toldAt(membership.told)) <= 0) {
    return { kind: 'ok', move: unmoved(noted) };
  }
  const told: Membership = {
    told: event,
    isRefused: false,
    with: membership?.with ?? null,
    isLeaving: membership?.isLeaving ?? false,
    version: membership?.version ?? 0,
    since: membership?.since ?? 0,
  };
  return { kind: 'ok', move: settleMembership({ ...noted, membership: told }, occasionOf(event, 'merge')) };
}

function circleFault(state: CustomerState, event: MembershipEvent): Fault | undefined {
  if (event.type === 'customer.split') return undefined;
  const { into } = event.data;
  const isCircle = into === state.customerId || livingMembers(state).some(({ id }) => id === into);
  if (!isCircle) return undefined;
  const expected = 'a customer that is neither this one nor merged into it';
  return { path: '/data/into', expected, got: into };
}
