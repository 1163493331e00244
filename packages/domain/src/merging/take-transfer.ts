import type { Fault, TransferRecord } from '@bellwether/events';
import { type CustomerState, initialCustomer } from '../customer/customer-state.ts';
import { countedOf } from './counted.ts';
import {
  type JoinedMember,
  livingMembers,
  MAX_MEMBERS,
  memberOf,
  withMember,
  withoutMember,
} from './members.ts';
import { compareToldAt, type Membership, partnerOf, toldAt, wantedOf } from './membership.ts';
import { overfullOf } from './overfull.ts';
import { type MembershipMove, refuse, settleMembership, unmoved } from './settle-membership.ts';
import { transferOf } from './transfers.ts';

/**
 * Takes what another customer told this one (N23). Each is known by its member and version, so one that comes again
 * changes nothing. A customer that counts with another one itself passes it on to that one.
 */
export function takeTransfer(
  state: CustomerState | undefined,
  transfer: TransferRecord,
): MembershipMove<CustomerState | undefined> {
  if (transfer.memberId === transfer.customerId) {
    return state?.membership === undefined ? unmoved(state) : takeOwn(state, state.membership, transfer);
  }
  switch (transfer.step) {
    case 'joined':
      return takeJoined(state, transfer);
    case 'left':
      return takeLeft(state, transfer);
    case 'released':
    case 'refused':
      return unmoved(state);
  }
}

/** An answer, or what the customer told itself and got back: whom it is with counts, round a circle, with itself. */
function takeOwn(state: CustomerState, membership: Membership, transfer: TransferRecord): MembershipMove {
  const { step, version } = transfer;
  if (step === 'refused') {
    const isOfNow = version >= membership.since && wantedOf(membership) === membership.with;
    if (membership.isLeaving || !isOfNow) return unmoved(state);
    const fault = JSON.parse(transfer.content ?? '{}') as Fault;
    return refuse(state, { event: membership.told, reason: 'entity-limit', fault }, transfer);
  }
  if (step === 'joined' || !membership.isLeaving || version !== membership.version) return unmoved(state);
  const free = { ...state, membership: { ...membership, with: null, isLeaving: false } };
  return settleMembership(free, transfer);
}

function takeJoined(
  known: CustomerState | undefined,
  transfer: TransferRecord,
): MembershipMove<CustomerState | undefined> {
  const { memberId: id, version } = transfer;
  const state: CustomerState = known ?? { ...initialCustomer(transfer), isUnseen: true };
  if ((memberOf(state, id)?.version ?? 0) >= version) return unmoved(known);
  const joined = JSON.parse(transfer.content ?? 'null') as JoinedMember;
  const next = withMember(state, { id, version, joined });
  const { membership } = next;
  const partner = partnerOf(next);
  if (membership === undefined || partner === null) {
    const fault = tooMuchOf(next);
    if (fault === undefined) return unmoved(next);
    const content = JSON.stringify(fault);
    return {
      state: known,
      transfers: [transferOf({ to: id, memberId: id, step: 'refused', version, content }, transfer)],
    };
  }
  if (membership.isLeaving) return unmoved(next);
  const circle = circleOf(next, membership, partner);
  if (circle !== undefined) {
    return refuse(next, { event: membership.told, reason: 'merge-refused', fault: circle }, transfer);
  }
  return { state: next, transfers: [{ ...transfer, customerId: partner }] };
}

/** The member leaves, and is released by the one customer that counted it. */
function takeLeft(
  state: CustomerState | undefined,
  transfer: TransferRecord,
): MembershipMove<CustomerState | undefined> {
  const { memberId: id, version } = transfer;
  const isNew = state !== undefined && (memberOf(state, id)?.version ?? version) < version;
  const next = isNew ? withoutMember(state, { id, version }) : state;
  const partner = next === undefined ? null : partnerOf(next);
  const answer =
    partner === null
      ? transferOf({ to: id, memberId: id, step: 'released', version }, transfer)
      : { ...transfer, customerId: partner };
  return { state: next, transfers: [answer] };
}

/** What is too much of a customer and its members for one; undefined: there is room for all. */
export function tooMuchOf(state: CustomerState): Fault | undefined {
  const members = livingMembers(state).length;
  if (members > MAX_MEMBERS) {
    return {
      path: '/data/into',
      expected: `at most ${MAX_MEMBERS} customers merged into one`,
      got: String(members),
    };
  }
  const counted = countedOf(state);
  return counted === undefined ? undefined : overfullOf(counted);
}

/**
 * Customers that were merged in a circle at the same time learn of each other only afterwards. Of the merges of the
 * circle the one told last is refused, by the customer of which it was told; the others wait for that.
 */
function circleOf(state: CustomerState, membership: Membership, partner: string): Fault | undefined {
  const members = livingMembers(state);
  if (!members.some(({ id }) => id === partner)) return undefined;
  const own = toldAt(membership.told);
  for (let at = partner; at !== state.customerId; ) {
    const member = members.find(({ id }) => id === at);
    if (member === undefined || compareToldAt(member.joined.toldAt, own) > 0) return undefined;
    at = member.joined.into;
  }
  return { path: '/data/into', expected: 'a customer that is not merged into this one', got: partner };
}
