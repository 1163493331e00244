import { basisPointsOf, publishable } from '../statistics/exact.ts';
import { type Tally, tallyOf } from '../statistics/tally.ts';
import type { Concentration } from './concentration.ts';
import { concentrationOfHolders, customerHolders, type HolderShare, ranked, sharesOf } from './holders.ts';
import { parentHolders, resolveParents } from './parents.ts';
import type { PortfolioRow } from './portfolio-row.ts';

/** Most customers or groups that one scenario takes away. */
export const MOST_LOST = 50;

/** A scenario: the `count` (1..50) greatest customers leave, or the greatest groups of one parent. */
export interface StressScenario {
  readonly count: number;
  readonly by: 'customer' | 'parent';
}

/** One kind of money before and after, minor units; null where nobody's is known, or where it passes 2^53. */
export interface StressedMoney {
  readonly beforeMinor: number | null;
  readonly lostMinor: number | null;
  readonly leftMinor: number | null;
  /** What is left of it; null where there was nothing. */
  readonly leftBasisPoints: number | null;
  /** Customers of whom it is not known: they are in none of the numbers. */
  readonly unknown: number;
}

/** What would be left of a portfolio. */
export interface StressOutcome {
  readonly by: StressScenario['by'];
  /** Who leaves, greatest first: fewer than asked for where there are not so many of positive value. */
  readonly lost: readonly HolderShare[];
  readonly customersLost: number;
  readonly customersLeft: number;
  /** Value of all whose value is positive: the shares of the concentration (D2). */
  readonly value: StressedMoney;
  /** Value of the agreements in force, and recurring revenue a month, each net over all customers. */
  readonly active: StressedMoney;
  readonly recurring: StressedMoney;
  readonly before: Concentration;
  readonly after: Concentration;
}

/**
 * "Lose the top k" (S22, N9): takes the greatest by value away and tells the revenue and the concentration that stay.
 * Of equals the lesser id goes first. @throws RangeError for a count that is not a whole number of 1..50
 */
export function loseTop(rows: readonly PortfolioRow[], { count, by }: StressScenario): StressOutcome {
  if (!Number.isInteger(count) || count < 1 || count > MOST_LOST) {
    throw new RangeError(`a scenario takes 1 to ${MOST_LOST} away, not ${count}`);
  }
  const parents = by === 'parent' ? resolveParents(rows) : null;
  const holders = ranked(parents === null ? customerHolders(rows) : parentHolders(rows, parents));
  const lost = sharesOf(holders, count);
  const left = holders.slice(count);
  const lostIds = new Set(lost.map(({ id }) => id));
  const isLost = ({ customerId }: PortfolioRow) => lostIds.has(parents?.rootOf.get(customerId) ?? customerId);
  const gone = rows.filter(isLost);
  const sumOf = (some: readonly { readonly valueMinor: bigint }[]) =>
    some.reduce((sum, { valueMinor }) => sum + valueMinor, 0n);
  const valued = tallyOf(rows, ({ valueMinor }) => valueMinor);
  const moneyOf = (read: (row: PortfolioRow) => number | null) => {
    const before = tallyOf(rows, read);
    return stressed(before, tallyOf(gone, read).sum);
  };
  return {
    by,
    lost,
    customersLost: gone.length,
    customersLeft: rows.length - gone.length,
    value: stressed({ ...valued, sum: sumOf(holders) }, sumOf(holders) - sumOf(left)),
    active: moneyOf(({ activeMinor }) => activeMinor),
    recurring: moneyOf(({ mrrMinor }) => mrrMinor),
    before: concentrationOfHolders(holders),
    after: concentrationOfHolders(left),
  };
}

function stressed(before: Tally, lost: bigint): StressedMoney {
  const left = before.sum - lost;
  const isKnown = before.known > 0 || before.members === 0;
  return {
    beforeMinor: isKnown ? publishable(before.sum) : null,
    lostMinor: isKnown ? publishable(lost) : null,
    leftMinor: isKnown ? publishable(left) : null,
    leftBasisPoints: basisPointsOf(left, before.sum),
    unknown: before.members - before.known,
  };
}
