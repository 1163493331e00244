import { type PortfolioRow, quarterOfValue, type ValueQuarters } from '@bellwether/domain';
import type { CustomerFacts } from './build-row.ts';
import type { Deadline } from './find-deadlines.ts';

/** Whether a customer is one of high value (S11, D3), and why. */
interface HighValue {
  /** Null: neither its value nor its tier is known. */
  readonly highValue: boolean | null;
  readonly highValueReasons: readonly string[];
}

/** An agreement about which something must be decided soon, and whose it is. */
export interface Expiring extends HighValue {
  readonly customer: CustomerFacts;
  readonly deadline: Deadline;
}

/**
 * The agreements of a customer about which something must be decided within `days` from the epoch day `today` on: the
 * notice deadline or, where no notice can be given any more, the last day (S11, D3).
 */
export function findExpiring(
  customer: CustomerFacts,
  {
    today,
    days,
    quarters,
  }: { readonly today: number; readonly days: number; readonly quarters: ValueQuarters | null },
): readonly Expiring[] {
  const due = customer.deadlines.filter(({ day }) => day >= today && day <= today + days);
  if (due.length === 0) return [];
  const worth = highValueOf(customer.portfolioRow, quarters);
  return due.map((deadline) => ({ customer, deadline, ...worth }));
}

/** Upper quarter by value, Gold or Platinum (D3), by as much of it as is known; null: nothing is (D20). */
function highValueOf({ valueMinor, valueTier }: PortfolioRow, quarters: ValueQuarters | null): HighValue {
  const quarter = valueMinor === null || quarters === null ? null : quarterOfValue(valueMinor, quarters);
  const highValueReasons: string[] = [];
  if (quarter === 1) highValueReasons.push('upper-quarter');
  if (valueTier === 'gold' || valueTier === 'platinum') highValueReasons.push(valueTier);
  const isKnown = quarter !== null || valueTier !== null;
  return { highValue: isKnown ? highValueReasons.length > 0 : null, highValueReasons };
}
