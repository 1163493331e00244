import {
  type AgreementList,
  epochMonthOf,
  evolveActionItems,
  evolveAgreements,
  evolveOpportunities,
  evolveProfile,
  evolveSurvey,
  isAgreementEvent,
  isLater,
  isOpportunityEvent,
  isToldLater,
  type MonthTelling,
  type OpportunityList,
  type Profile,
  profileValue,
  type StampedItem,
  type SurveyEvent,
  surveyFaults,
  type Told,
  type Written,
  withTelling,
} from '@bellwether/domain';
import type { CustomerEvent, CustomerEventOf } from '@bellwether/events';

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
  /**
   * Answers to "would you recommend us", the latest of each month: hundredths of 0..100 with high as good (S53, D18).
   * The last one is the latest of all.
   */
  readonly answers: readonly MonthTelling<Written<number>>[];
  /** Account managers, the one that was told last in each month (S52). */
  readonly owners: readonly MonthTelling<Told<string>>[];
  /** The newest day of use, epoch day (S64); absent where the product was never used. */
  readonly lastUseDay?: number;
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
    answers: [],
    owners: [],
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
    const [name, owner] = [profileValue(profile, 'name'), profileValue(profile, 'owner')];
    return { ...seen, profile, name, owner, owners: withOwner(card.owners, event) };
  }
  if (event.type.startsWith('activity.'))
    return { ...seen, lastUseDay: Math.max(card.lastUseDay ?? event.day, event.day) };
  if (event.type === 'engagement.action-item-recorded')
    return { ...seen, actionItems: evolveActionItems(card.actionItems ?? [], event) };
  if (event.type === 'feedback.nps') return { ...seen, answers: withAnswer(card.answers, event) };
  if (isOpportunityEvent(event)) {
    const opportunities = evolveOpportunities(card.opportunities ?? [], event);
    return opportunities === undefined ? seen : { ...seen, opportunities };
  }
  if (!isAgreementEvent(event)) return seen;
  const evolved = evolveAgreements(card.agreements, event);
  return evolved.kind === 'ok' ? { ...seen, agreements: evolved.result } : seen;
}

function withOwner(
  owners: CustomerCard['owners'],
  event: CustomerEventOf<'customer.profile'>,
): CustomerCard['owners'] {
  const { owner } = event.data;
  if (owner === undefined) return owners;
  const told = { value: owner, time: event.time, sequence: event.sequence ?? 0, id: event.id };
  return withTelling(owners, { month: epochMonthOf(event.day), told }, isToldLater);
}

function withAnswer(answers: CustomerCard['answers'], event: SurveyEvent): CustomerCard['answers'] {
  if (surveyFaults(event).length > 0) return answers;
  // One answer by itself: no day and no other answer is kept with it.
  const { last } = evolveSurvey({ days: [], last: null }, event, Number.POSITIVE_INFINITY);
  if (last === null) return answers;
  return withTelling(answers, { month: epochMonthOf(event.day), told: last }, isLater);
}
