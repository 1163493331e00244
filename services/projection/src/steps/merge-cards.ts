import {
  greaterOf,
  isLater,
  isToldLater,
  type MonthTelling,
  mergeActionItems,
  mergeAgreements,
  mergeOpportunities,
  mergeProfiles,
  profileValue,
  withTelling,
} from '@bellwether/domain';
import type { CustomerCard } from './fold-card.ts';

/** The card of a customer together with those of customers that were merged into it (N23); its own comes first. */
export function mergeCards(cards: readonly CustomerCard[]): CustomerCard | undefined {
  const [first, ...others] = cards;
  return first === undefined ? undefined : others.reduce(joined, first);
}

function joined(a: CustomerCard, b: CustomerCard): CustomerCard {
  const profile = mergeProfiles(a.profile, b.profile);
  const opportunities = mergeOpportunities(a.opportunities ?? [], b.opportunities ?? []);
  const actionItems = mergeActionItems(a.actionItems ?? [], b.actionItems ?? []);
  return {
    ...a,
    name: profileValue(profile, 'name'),
    owner: profileValue(profile, 'owner'),
    profile,
    agreements: mergeAgreements(a.agreements, b.agreements),
    ...(opportunities.length === 0 ? {} : { opportunities }),
    ...(actionItems.length === 0 ? {} : { actionItems }),
    answers: mergeTellings(a.answers, b.answers, isLater),
    owners: mergeTellings(a.owners, b.owners, isToldLater),
    lastEventAt: greaterOf(a.lastEventAt, b.lastEventAt),
  };
}

function mergeTellings<Told>(
  a: readonly MonthTelling<Told>[],
  b: readonly MonthTelling<Told>[],
  isToldLast: (a: Told, b: Told) => boolean,
): readonly MonthTelling<Told>[] {
  return b.reduce((all, telling) => withTelling(all, telling, isToldLast), a);
}
