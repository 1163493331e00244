import { basisPointsOf, publishable } from '../statistics/exact.ts';
import { type Concentration, concentrationOf, TOP_CUSTOMERS } from './concentration.ts';
import { byText, type PortfolioRow } from './portfolio-row.ts';

/** A customer, or all customers of one parent, with the value that depends on them; minor units, exact. */
export interface Holder {
  readonly id: string;
  readonly customers: number;
  readonly valueMinor: bigint;
}

/** A holder as it is told; the share is that in the value of all whose value is positive. */
export interface HolderShare {
  readonly id: string;
  readonly customers: number;
  /** Null: passes 2^53. */
  readonly valueMinor: number | null;
  readonly shareBasisPoints: number;
}

/** Each customer by itself; one whose value is not known holds nothing. */
export function customerHolders(rows: readonly PortfolioRow[]): readonly Holder[] {
  return rows.map(({ customerId, valueMinor }) => ({
    id: customerId,
    customers: 1,
    valueMinor: BigInt(valueMinor ?? 0),
  }));
}

/** Holders of a positive value (D2), greatest first; of equals the lesser id. */
export function ranked(holders: readonly Holder[]): readonly Holder[] {
  const positive = holders.filter(({ valueMinor }) => valueMinor > 0n);
  return positive.sort((one, other) => {
    if (one.valueMinor === other.valueMinor) return byText(one.id, other.id);
    return one.valueMinor > other.valueMinor ? -1 : 1;
  });
}

/** Concentration (S5, D2) over holders ranked before. */
export function concentrationOfHolders(holders: readonly Holder[]): Concentration {
  let [sum, sumSquares] = [0n, 0n];
  for (const { valueMinor } of holders) {
    sum += valueMinor;
    sumSquares += valueMinor * valueMinor;
  }
  return concentrationOf({ sum, sumSquares }, holders.slice(0, TOP_CUSTOMERS));
}

/** The greatest holders with their shares, of those ranked before. */
export function sharesOf(holders: readonly Holder[], most = TOP_CUSTOMERS): readonly HolderShare[] {
  const total = holders.reduce((sum, { valueMinor }) => sum + valueMinor, 0n);
  return holders.slice(0, most).map(({ id, customers, valueMinor }) => ({
    id,
    customers,
    valueMinor: publishable(valueMinor),
    shareBasisPoints: basisPointsOf(valueMinor, total) ?? 0,
  }));
}
