import type { CustomerEvent, Fault } from '@bellwether/events';

/** A tenant has one currency: an event that names another is quarantined `currency-not-convertible`. Null: fine. */
export function currencyFault(event: CustomerEvent, currency: string): Fault | null {
  const named = 'currency' in event.data ? event.data.currency : undefined;
  if (named === undefined || named === currency) return null;
  return { path: '/data/currency', expected: `${currency}, the currency of the tenant`, got: named };
}
