import type { Contribution } from '@bellwether/events';
import { standingsOf } from '../agreements/agreement-status.ts';
import { agreementLivesOf } from '../census/agreement-lives.ts';
import type { CensusRow } from '../census/census-row.ts';
import { ltvValueOf } from '../ltv/decide-ltv.ts';
import { otherPurchasesOf } from '../rfm/payments-state.ts';
import { decidedOf } from '../value/win-rates.ts';
import type { CustomerState, PublishedParts } from './customer-state.ts';
import type { DecisionContext } from './decide-input.ts';
import { signalRowOf } from './parts/segment-medians.ts';

/** What the portfolio knows of a customer: its value, and the hash of what a census reads. */
export interface ToldContribution {
  readonly valueMinor: number;
  readonly rowHash: string;
}

/**
 * What a customer adds to its portfolio: its value, and what a census reads (D6, N10). Of what is published and of
 * features alone, so that it is told again only when one of them moved; readings are told where the live model compares
 * customers with their segment (N17).
 */
export function contributionOf(
  state: CustomerState,
  published: PublishedParts,
  context: DecisionContext,
): Required<Contribution> {
  return {
    valueMinor: published.ltv === null ? 0 : ltvValueOf(published.ltv),
    row: JSON.stringify(rowOf(state, published, context)),
  };
}

function rowOf(state: CustomerState, published: PublishedParts, context: DecisionContext): CensusRow {
  const { ltv, rfm, revenue, relationship, tier, outcomes, forecasts } = published;
  const others = otherPurchasesOf(state.payments);
  const raw = rfm?.parts;
  const decided = decidedOf(state.opportunities);
  const forecast = forecasts?.judged ?? null;
  return {
    lastPurchaseDay: raw?.lastPurchaseDay ?? null,
    frequency365: raw?.frequency365 ?? null,
    monetary365Minor: raw?.monetary365Minor ?? null,
    transactions: raw?.transactions ?? null,
    paidMinor: raw?.paidMinor ?? null,
    ltvMinor: ltv === null ? null : ltvValueOf(ltv),
    predictedRevenueMinor: revenue?.figures.predictedMinor ?? null,
    consistencyHundredths: relationship?.parts.consistency ?? null,
    segment: tier?.labels.segment ?? null,
    signals: signalRowOf(state, context),
    firstOtherPurchaseDay: others.firstPurchaseDay,
    lastOtherPurchaseDay: others.lastPurchaseDay,
    otherTransactions: others.transactions,
    repeatPaidMinor: others.repeatPaidMinor,
    agreements: agreementLivesOf(standingsOf(state.agreements, context.day)),
    ...(outcomes === null || outcomes.judged.length === 0 ? {} : { outcomes: outcomes.judged }),
    ...(decided === undefined ? {} : { decided }),
    ...(forecast === null ? {} : { forecast }),
  };
}
