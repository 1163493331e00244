import { roundedQuotient } from '@bellwether/events';
import type { Opportunity, OpportunityKind } from '../opportunities/opportunities-state.ts';

/** How many opportunities were won and lost. */
export interface Outcome {
  readonly won: number;
  readonly lost: number;
}

/** Opportunities that were decided, by kind; those of no known kind count in `unknown`. */
export type Outcomes = { readonly [K in OpportunityKind | 'unknown']: Outcome };

const NONE: Outcome = { won: 0, lost: 0 };
export const NO_OUTCOMES: Outcomes = {
  new: NONE,
  upsell: NONE,
  'cross-sell': NONE,
  renewal: NONE,
  unknown: NONE,
};

/** How the opportunities of one customer ended, on top of those of others. */
export function withOutcomes(outcomes: Outcomes, opportunities: readonly Opportunity[]): Outcomes {
  const sums: Record<keyof Outcomes, Outcome> = { ...outcomes };
  for (const { kind, outcome } of opportunities) {
    if (outcome === null) continue;
    const name = kind?.value ?? 'unknown';
    const { won, lost } = sums[name];
    sums[name] = outcome.value ? { won: won + 1, lost } : { won, lost: lost + 1 };
  }
  return sums;
}

/** How the opportunities of one customer ended, kinds without any left out; undefined: none was decided. */
export function decidedOf(opportunities: readonly Opportunity[]): Partial<Outcomes> | undefined {
  if (opportunities.every(({ outcome }) => outcome === null)) return undefined;
  const kinds = Object.entries(withOutcomes(NO_OUTCOMES, opportunities));
  return Object.fromEntries(kinds.filter(([, { won, lost }]) => won + lost > 0));
}

/** How often opportunities are won, in basis points. */
export interface WinRates {
  readonly overallBasisPoints: number;
  readonly byKind: { readonly [K in OpportunityKind]: number };
}

/** The overall rate counts as much as this many opportunities of a kind: a kind with few of them stays near it. */
const OVERALL_COUNTS = 10n;

/**
 * Win rates of a tenant: won over decided; of a kind (won + 10 x overall) / (decided + 10), the m-estimate of Cestnik
 * (1990). Null while nothing was decided.
 */
export function winRatesOf(outcomes: Outcomes): WinRates | null {
  let won = 0n;
  let decided = 0n;
  for (const sum of Object.values(outcomes)) {
    won += BigInt(sum.won);
    decided += BigInt(sum.won + sum.lost);
  }
  if (decided === 0n) return null;
  const rateOf = (kind: OpportunityKind): number => {
    const own = outcomes[kind];
    const wins = BigInt(own.won) * decided + OVERALL_COUNTS * won;
    const weight = BigInt(own.won + own.lost) + OVERALL_COUNTS;
    return Number(roundedQuotient(10_000n * wins, weight * decided));
  };
  return {
    overallBasisPoints: Number(roundedQuotient(10_000n * won, decided)),
    byKind: {
      new: rateOf('new'),
      upsell: rateOf('upsell'),
      'cross-sell': rateOf('cross-sell'),
      renewal: rateOf('renewal'),
    },
  };
}
