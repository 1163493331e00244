import type { CustomerState } from '../customer/customer-state.ts';
import type { DataGaps } from '../gaps/data-gaps.ts';
import { entityAt, placeOf, withEntity } from '../signals/entities.ts';
import type { Features } from './features.ts';
import type { ToldAt } from './membership.ts';

/** Most customers that may count with one. */
export const MAX_MEMBERS = 100;

/** A customer that was merged into another, as that one knows it. */
export interface Member {
  readonly id: string;
  /** Of the last transfer that it told of itself: an older one that comes again changes nothing. */
  readonly version: number;
  /** Null: it has left. */
  readonly joined: JoinedMember | null;
}

/** What a member has brought along. */
export interface JoinedMember {
  /** The customer that it was itself merged into: this one, or another of its members. */
  readonly into: string;
  readonly toldAt: ToldAt;
  /** Null: no event of it has come yet. */
  readonly features: Features | null;
  readonly gaps?: DataGaps;
}

/** A member that counts. */
export interface LivingMember extends Member {
  readonly joined: JoinedMember;
}

const NOBODY: readonly LivingMember[] = [];

/** The members that count: those that were merged into the customer, or into one that counts. Sorted by id. */
export function livingMembers({
  customerId,
  members,
}: Pick<CustomerState, 'customerId' | 'members'>): readonly LivingMember[] {
  if (members === undefined) return NOBODY;
  const reached = new Set([customerId]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const { id, joined } of members) if (joined !== null && reached.has(joined.into)) reached.add(id);
  }
  return members.filter((member): member is LivingMember => member.joined !== null && reached.has(member.id));
}

/** What the customer knows of a member. */
export function memberOf({ members = [] }: Pick<CustomerState, 'members'>, id: string): Member | undefined {
  return entityAt(members, placeOf(members, id), id);
}

/** The customer with what is known of a member now. */
export function withMember(state: CustomerState, member: Member): CustomerState {
  const members = state.members ?? [];
  return { ...state, members: withEntity(members, placeOf(members, member.id), member) };
}

/**
 * The customer without a member that has left, nor those that were merged into it. That it has left is kept for a
 * while, so that an older transfer that comes again does not bring it back.
 */
export function withoutMember(state: CustomerState, { id, version }: Omit<Member, 'joined'>): CustomerState {
  const left = withMember(state, { id, version, joined: null });
  const living = new Set(livingMembers(left).map((member) => member.id));
  const kept = (left.members ?? []).filter((member) => member.joined === null || living.has(member.id));
  const tooMany = kept.length - MAX_MEMBERS;
  if (tooMany <= 0) return { ...left, members: kept };
  const gone = kept.filter((member) => member.joined === null && member.id !== id).slice(0, tooMany);
  return { ...left, members: kept.filter((member) => !gone.includes(member)) };
}
