import { type HolderShare, type PortfolioRow, resolveParents } from '@bellwether/domain';
import { nameOf, type Portfolio } from './portfolio.ts';

/** A holder with names to be known by: a parent need not be a customer, so its greatest customer is named as well. */
export interface NamedHolder {
  readonly id: string;
  readonly name: string | null;
  readonly customers: number;
  readonly greatestCustomerId: string | null;
  readonly greatestCustomerName: string | null;
  readonly valueMinor: number | null;
  readonly shareBasisPoints: number;
}

/** Groups of one parent as they are answered. */
export function presentParents(
  portfolio: Portfolio,
  holders: readonly HolderShare[],
): readonly NamedHolder[] {
  const { rootOf } = resolveParents(portfolio.rows);
  const greatest = new Map<string, PortfolioRow>();
  for (const row of portfolio.rows) {
    const root = rootOf.get(row.customerId) ?? row.customerId;
    const other = greatest.get(root);
    if (other === undefined || isGreater(row, other)) greatest.set(root, row);
  }
  return holders.map((holder) => presentHolder(portfolio, holder, greatest.get(holder.id)?.customerId));
}

/** Customers, each by itself, as they are answered. */
export function presentCustomers(
  portfolio: Portfolio,
  holders: readonly HolderShare[],
): readonly NamedHolder[] {
  return holders.map((holder) => presentHolder(portfolio, holder, holder.id));
}

function presentHolder(
  portfolio: Portfolio,
  { id, customers, valueMinor, shareBasisPoints }: HolderShare,
  greatestId: string | undefined,
): NamedHolder {
  return {
    id,
    name: nameOf(portfolio, id),
    customers,
    greatestCustomerId: greatestId ?? null,
    greatestCustomerName: greatestId === undefined ? null : nameOf(portfolio, greatestId),
    valueMinor,
    shareBasisPoints,
  };
}

/** Of equals the lesser id, so that the order of the rows does not matter. */
function isGreater(one: PortfolioRow, other: PortfolioRow): boolean {
  const difference = (one.valueMinor ?? 0) - (other.valueMinor ?? 0);
  return difference > 0 || (difference === 0 && one.customerId < other.customerId);
}
