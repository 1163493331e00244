import { inOrder } from '../statistics/quantiles.ts';
import type { PortfolioRow } from './portfolio-row.ts';

/** The least values, minor units, of the three upper quarters of the customers. */
export interface ValueQuarters {
  readonly firstFromMinor: number;
  readonly secondFromMinor: number;
  readonly thirdFromMinor: number;
}

/** 1 is the quarter of the greatest values, 4 of the least. */
export type ValueQuarter = 1 | 2 | 3 | 4;

/** Fewer customers have no quarters (D14). */
const FEWEST = 4;
/** Who is worth nothing is in the lowest quarter, however many there are. */
const LEAST_MINOR = 1;

/**
 * Quarters by value over the customers whose value is known, as they are now (D14): a customer is in the upper quarter
 * when fewer than a quarter of them are worth more, so that equal values are in one quarter, the higher. Null of fewer
 * than four.
 */
export function valueQuartersOf(rows: readonly Pick<PortfolioRow, 'valueMinor'>[]): ValueQuarters | null {
  const sorted = inOrder(rows.flatMap(({ valueMinor }) => valueMinor ?? []));
  if (sorted.length < FEWEST) return null;
  // The place of the last that belongs in, from the top.
  const fromOf = (quarters: number): number => {
    const place = Math.ceil((quarters * sorted.length) / 4);
    return Math.max(LEAST_MINOR, sorted.at(-place) ?? LEAST_MINOR);
  };
  return { firstFromMinor: fromOf(1), secondFromMinor: fromOf(2), thirdFromMinor: fromOf(3) };
}

/** The quarter of a value; on an edge the upper one. */
export function quarterOfValue(valueMinor: number, quarters: ValueQuarters): ValueQuarter {
  if (valueMinor >= quarters.firstFromMinor) return 1;
  if (valueMinor >= quarters.secondFromMinor) return 2;
  return valueMinor >= quarters.thirdFromMinor ? 3 : 4;
}
