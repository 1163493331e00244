import {
  type AgreementEvent,
  type AgreementList,
  evolveActionItems,
  evolveAgreements,
  evolveOpportunities,
  evolveProfile,
  evolveSurvey,
  type OpportunityEvent,
  type OpportunityList,
  type Profile,
  profileValue,
  type StampedItem,
  type SurveyEvent,
  surveyFaults,
  type Written,
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
  /** Sales opportunities, of which the reports tell how they ended (S21); absent where none was ever told of. */
  readonly opportunities?: OpportunityList;
  /** What is to be done after business reviews (S96), by id; absent where nothing was ever told of. */
  readonly actionItems?: readonly StampedItem[];
  /** The latest answer to "would you recommend us", hundredths of 0..100 with high as good (S53, D18). */
  readonly nps: Written<number> | null;
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
    nps: null,
    lastEventAt: null,
  };
}

/**
 * Folds one event. An agreement or opportunity event or an answer that scoring refuses (limits, ranges) is refused
 * here by the same rule and leaves the card as it was.
 */
export function foldCard(card: CustomerCard, event: CustomerEvent): CustomerCard {
  if (event.type === 'alert.acknowledged') return card;
  const seen: CustomerCard = { ...card, lastEventAt: Math.max(card.lastEventAt ?? event.time, event.time) };
  if (event.type === 'customer.profile') {
    const profile = evolveProfile(card.profile, event);
    return { ...seen, profile, name: profileValue(profile, 'name'), owner: profileValue(profile, 'owner') };
  }
  if (event.type === 'feedback.nps') return { ...seen, nps: latestAnswer(card.nps, event) };
  if (event.type === 'engagement.action-item-recorded')
    return { ...seen, actionItems: evolveActionItems(card.actionItems ?? [], event) };
  if (isOpportunityEvent(event)) {
    const opportunities = evolveOpportunities(card.opportunities ?? [], event);
    return opportunities === undefined ? seen : { ...seen, opportunities };
  }
  if (!isAgreementEvent(event)) return seen;
  const evolved = evolveAgreements(card.agreements, event);
  return evolved.kind === 'ok' ? { ...seen, agreements: evolved.result } : seen;
}

function latestAnswer(last: CustomerCard['nps'], event: SurveyEvent): CustomerCard['nps'] {
  if (surveyFaults(event).length > 0) return last;
  // Only the latest answer is kept here, no day.
  return evolveSurvey({ days: [], last }, event, Number.POSITIVE_INFINITY).last;
}

function isAgreementEvent(event: CustomerEvent): event is AgreementEvent {
  return event.type.startsWith('agreement.');
}

function isOpportunityEvent(event: CustomerEvent): event is OpportunityEvent {
  return event.type.startsWith('opportunity.');
}
