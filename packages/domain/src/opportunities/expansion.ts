import type { AgreementList, Amendment } from '../agreements/agreement-state.ts';
import { basisPointsOf } from '../statistics/exact.ts';
import { EXPANSION_KINDS } from './expansion-months.ts';
import { closedDayOf, type OpportunityList } from './opportunities-state.ts';
import { type DayRange, type Deals, SUMMARY_DAYS, wonBetween } from './opportunity-summary.ts';

/** How a customer grew in the last 365 days (S54). */
export interface Expansion {
  /** Opportunities won. */
  readonly upsell: Deals;
  readonly crossSell: Deals;
  /** Amendments that raised the value of their agreement, and by how much. */
  readonly raised: Deals;
  /** Upsell and cross-sell opportunities that were decided. */
  readonly decided: number;
  /** Won of these, in basis points; null where none was decided. */
  readonly successBasisPoints: number | null;
}

/** Expansion events and the success rate of upsell and cross-sell (S54), over the 365 days that end today. */
export function expansionOf(
  {
    opportunities,
    agreements,
  }: { readonly opportunities: OpportunityList; readonly agreements: AgreementList },
  today: number,
): Expansion {
  const fromDay = today - SUMMARY_DAYS + 1;
  const range: DayRange = { fromDay, toDay: Number.POSITIVE_INFINITY };
  const upsell = wonBetween(opportunities, { ...range, kinds: ['upsell'] });
  const crossSell = wonBetween(opportunities, { ...range, kinds: ['cross-sell'] });
  const decided = opportunities.filter((opportunity) => {
    const { kind } = opportunity;
    const day = closedDayOf(opportunity);
    const isExpansion = EXPANSION_KINDS.some((one) => one === kind?.value);
    return isExpansion && day !== null && day >= fromDay;
  }).length;
  const won = upsell.count + crossSell.count;
  return {
    upsell,
    crossSell,
    raised: raisedBetween(agreements, { fromDay, toDay: today }),
    decided,
    successBasisPoints: basisPointsOf(BigInt(won), BigInt(decided)),
  };
}

/**
 * Amendments of a range of days (of effect) that raised the value of their agreement. The first amount of an agreement
 * raises nothing, and a renewal that adds the next term is no expansion.
 */
export function raisedBetween(agreements: AgreementList, { fromDay, toDay }: DayRange): Deals {
  let count = 0;
  let amountMinor = 0;
  for (const { amendments } of agreements) {
    let valueMinor: number | null = null;
    for (const amendment of amendments) {
      const after = valueAfter(valueMinor, amendment);
      const raise = after === null || valueMinor === null ? 0 : after - valueMinor;
      const isIn = amendment.day >= fromDay && amendment.day <= toDay;
      valueMinor = after;
      if (raise <= 0 || amendment.kind !== 'amended' || !isIn) continue;
      count += 1;
      amountMinor += raise;
    }
  }
  return { count, amountMinor };
}

function valueAfter(valueMinor: number | null, { valueMinor: stated, deltaMinor }: Amendment): number | null {
  if (stated !== undefined) return stated;
  return deltaMinor === undefined ? valueMinor : (valueMinor ?? 0) + deltaMinor;
}
