import type { Fault, QuarantineReason, TransferRecord } from '@bellwether/events';
import type { CustomerState } from '../customer/customer-state.ts';
import { livingMembers } from './members.ts';
import { type Membership, type MembershipEvent, wantedOf } from './membership.ts';
import {
  MAX_MEMBER_CHARACTERS,
  memberTransfer,
  type Occasion,
  ownTransfer,
  transferOf,
} from './transfers.ts';

/** What becomes of a customer as it comes to count with another one or for itself. */
export interface MembershipMove<State = CustomerState> {
  readonly state: State;
  /** What other customers have to be told. */
  readonly transfers: readonly TransferRecord[];
  /** A merge that was taken and turned out not to be possible. */
  readonly refused?: RefusedMerge;
}

/** An event that cannot be done, and why. */
export interface RefusedMerge {
  readonly event: MembershipEvent;
  readonly reason: Extract<QuarantineReason, 'entity-limit' | 'merge-refused'>;
  readonly fault: Fault;
}

/** Nothing has to be told. */
export function unmoved<State>(state: State): MembershipMove<State> {
  return { state, transfers: [] };
}

/**
 * Takes the next step to where the customer is to count. It joins at once; it leaves by saying so, and goes on only
 * when it was released: so it is never counted twice.
 */
export function settleMembership(state: CustomerState, occasion: Occasion): MembershipMove {
  const { membership } = state;
  if (membership === undefined || membership.isLeaving) return unmoved(state);
  const wanted = wantedOf(membership);
  if (wanted === membership.with) return unmoved(state);
  const version = membership.version + 1;
  if (membership.with !== null) {
    const left = { to: membership.with, memberId: state.customerId, step: 'left', version } as const;
    return {
      state: { ...state, membership: { ...membership, isLeaving: true, version } },
      transfers: [transferOf(left, occasion)],
    };
  }
  return wanted === null
    ? unmoved(state)
    : join(state, { ...membership, with: wanted, version, since: version }, occasion);
}

/** Tells the customer that it is with how it stands, and at first also what it has of members of its own. */
function join(state: CustomerState, membership: Membership, occasion: Occasion): MembershipMove {
  const partner = membership.with;
  if (partner === null) return unmoved(state);
  const own = ownTransfer(state, { membership, partner }, occasion);
  if (own === undefined) return refuse(state, tooLong(membership.told), occasion);
  const members =
    membership.version === membership.since
      ? livingMembers(state).map((member) => memberTransfer(member, partner, occasion))
      : [];
  return { state: { ...state, membership }, transfers: [own, ...members] };
}

/** A customer that counts with another one tells it after each event of its own how it stands now. */
export function tellPartner(state: CustomerState, occasion: Occasion): MembershipMove {
  const { membership } = state;
  if (membership === undefined || membership.with === null || membership.isLeaving) return unmoved(state);
  return join(state, { ...membership, version: membership.version + 1 }, occasion);
}

/** A merge that was taken cannot be: the customer goes back to count for itself. */
export function refuse(state: CustomerState, refused: RefusedMerge, occasion: Occasion): MembershipMove {
  const { membership } = state;
  if (membership === undefined) return unmoved(state);
  const back = settleMembership(
    { ...state, membership: { ...membership, isRefused: true } },
    { ...occasion, cause: 'merge' },
  );
  return { ...back, refused };
}

function tooLong(event: MembershipEvent): RefusedMerge {
  const expected = `a customer of whom at most ${MAX_MEMBER_CHARACTERS} characters are kept`;
  return { event, reason: 'entity-limit', fault: { path: '/subject', expected, got: 'more' } };
}
