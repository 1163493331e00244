import {
  type AgreementEvent,
  type AgreementList,
  evolveAgreements,
  evolveProfile,
  type Profile,
  profileValue,
} from '@bellwether/domain';
import type { CustomerEvent } from '@bellwether/events';

/** Who a customer is and what was agreed with it: what its own events say, in any order of arrival. */
export interface CustomerCard {
  readonly kind: 'card';
  readonly tenant: string;
  readonly customerId: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly profile: Profile;
  readonly agreements: AgreementList;
  /** Time of the newest event, epoch ms; what people do at the board does not count. */
  readonly lastEventAt: number | null;
}

/** A customer of whom nothing is known. */
export function emptyCard(tenant: string, customerId: string): CustomerCard {
  return {
    kind: 'card',
    tenant,
    customerId,
    name: null,
    owner: null,
    profile: {},
    agreements: [],
    lastEventAt: null,
  };
}

/**
 * Folds one event. An agreement event that scoring refuses (limits, ranges) is refused here by the same rule and leaves
 * the card as it was.
 */
export function foldCard(card: CustomerCard, event: CustomerEvent): CustomerCard {
  if (event.type === 'alert.acknowledged') return card;
  const seen: CustomerCard = { ...card, lastEventAt: Math.max(card.lastEventAt ?? event.time, event.time) };
  if (event.type === 'customer.profile') {
    const profile = evolveProfile(card.profile, event);
    return { ...seen, profile, name: profileValue(profile, 'name'), owner: profileValue(profile, 'owner') };
  }
  if (!isAgreementEvent(event)) return seen;
  const evolved = evolveAgreements(card.agreements, event);
  return evolved.kind === 'ok' ? { ...seen, agreements: evolved.result } : seen;
}

function isAgreementEvent(event: CustomerEvent): event is AgreementEvent {
  return event.type.startsWith('agreement.');
}
