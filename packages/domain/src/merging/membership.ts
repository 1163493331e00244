import type { CustomerEventOf } from '@bellwether/events';
import type { CustomerState } from '../customer/customer-state.ts';
import { compareValues } from '../ordering.ts';

/** An event that says with whom a customer counts. */
export type MembershipEvent = CustomerEventOf<'customer.merged'> | CustomerEventOf<'customer.split'>;

/** With whom a customer counts (N23): what was told of it, and how far that has come about. */
export interface Membership {
  /** The one told last, by (time, sequence, id), so that their order of arrival does not count. */
  readonly told: MembershipEvent;
  /** It could not be done: too much for one customer, or a circle. The customer counts for itself. */
  readonly isRefused: boolean;
  /** The customer that its features were given to; null: it counts for itself. */
  readonly with: string | null;
  /** It has said there that it leaves, and waits for the answer: until then it is counted there. */
  readonly isLeaving: boolean;
  /** How many transfers it has told of itself. */
  readonly version: number;
  /** The version with which it joined the customer that it is with. */
  readonly since: number;
}

/** Whom the customer is to count with; null: with nobody. */
export function wantedOf({ told, isRefused }: Membership): string | null {
  return isRefused || told.type === 'customer.split' ? null : told.data.into;
}

/** With whom the customer counts now, as far as it knows; null: for itself. */
export function partnerOf({ membership }: Pick<CustomerState, 'membership'>): string | null {
  return membership === undefined ? null : membership.with;
}

/** Place of an event that says with whom a customer counts, among others of the kind. */
export type ToldAt = readonly [time: number, sequence: number, eventId: string, source: string];

/** The place of an event. */
export function toldAt({ time, sequence, id, source }: MembershipEvent): ToldAt {
  return [time, sequence ?? -1, id, source];
}

/** Less than 0 when `a` comes before `b`. */
export function compareToldAt(a: ToldAt, b: ToldAt): number {
  return a[0] - b[0] || a[1] - b[1] || compareValues(a[2], b[2]) || compareValues(a[3], b[3]);
}
