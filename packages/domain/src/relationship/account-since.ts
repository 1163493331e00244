import { parseDate } from '@bellwether/events';
import type { AgreementList, AgreementState } from '../agreements/agreement-state.ts';
import { type Profile, profileValue } from '../customer/profile.ts';

/** Since when a customer is one, and how that is known (S81). */
export interface AccountSince {
  readonly day: number;
  readonly source: 'told' | 'first-agreement' | 'first-event';
}

/**
 * Since when the account is there (S81, S83): the date that its profile tells, else the first agreement that is not
 * void, else the first event. Days, not ages, so that nothing has to be told anew as a day passes.
 */
export function accountSinceOf(customer: {
  readonly profile: Profile;
  readonly agreements: AgreementList;
  readonly firstEventDay: number;
}): AccountSince {
  const created = profileValue(customer.profile, 'createdDate');
  const told = created === null ? undefined : parseDate(created);
  if (told !== undefined) return { day: told, source: 'told' };
  const signed = customer.agreements.filter(({ terms }) => !terms.isVoid).map(signingDayOf);
  if (signed.length === 0) return { day: customer.firstEventDay, source: 'first-event' };
  return { day: signed.reduce((a, b) => Math.min(a, b)), source: 'first-agreement' };
}

/** Age in days on the epoch day `today`; an account that is to come has 0. */
export function accountAgeDaysOf({ day }: AccountSince, today: number): number {
  return Math.max(0, today - day);
}

/** The day on which an agreement came about: signed, or else begun, or else first heard of. */
export function signingDayOf({ terms, amendments }: AgreementState): number {
  return terms.signedDay ?? terms.startDay ?? amendments[0]?.day ?? 0;
}
