import {
  type CustomerMonths,
  closedOffersOf,
  type Expansion,
  type ExpansionKind,
  expansionOf,
  type OfferOutcomes,
  offerOutcomesOf,
  opportunitiesSince,
} from '@bellwether/domain';
import type { CustomerCard } from './fold-card.ts';
import type { CustomerScores } from './fold-change.ts';

interface MonthSources {
  readonly customerId: string;
  readonly card: CustomerCard | undefined;
  readonly scores: CustomerScores | undefined;
}

/** What the KPIs of any month read of a customer: its scores month by month, and what its own events say. */
export function buildMonths({ customerId, card, scores }: MonthSources): CustomerMonths {
  const opportunities = card?.opportunities ?? [];
  return {
    customerId,
    measures: scores?.months ?? null,
    owners: card?.owners ?? [],
    answers: card?.answers ?? [],
    closed: closedOffersOf(opportunities),
    opportunitiesSince: opportunitiesSince(opportunities),
  };
}

/** How a customer grew in the last 365 days, and what became of the offers that were raised (S54). */
export interface Growth extends Expansion {
  readonly offers: { readonly [Kind in ExpansionKind]: OfferOutcomes };
}

/** Growth as of the tenant's date `today`, an epoch day. */
export function buildGrowth({
  card,
  scores,
  today,
}: Omit<MonthSources, 'customerId'> & { readonly today: number }): Growth {
  const { agreements = [], opportunities = [] } = card ?? {};
  const closed = closedOffersOf(opportunities);
  const offersOf = (wanted: ExpansionKind) => {
    const raised = (scores?.offers ?? []).filter(({ kind }) => kind === wanted);
    return offerOutcomesOf(raised, closed, today);
  };
  return {
    ...expansionOf({ opportunities, agreements }, today),
    offers: { upsell: offersOf('upsell'), 'cross-sell': offersOf('cross-sell') },
  };
}
