import { type Fault, MAX_AMOUNT_MINOR } from '@bellwether/events';
import { MAX_AGREEMENTS, MAX_AMENDMENTS } from '../agreements/agreement-state.ts';
import { MAX_OPPORTUNITIES } from '../opportunities/opportunities-state.ts';
import { MAX_ENGAGEMENTS } from '../relationship/engagement-list.ts';
import { MAX_PAID_MINOR } from '../rfm/payments-state.ts';
import { MAX_CONTACTS, MAX_GOALS, MAX_OPEN_TICKETS } from '../signals/state.ts';
import type { Features } from './features.ts';

/** What is too much for one customer, of features that were merged; undefined: there is room for all of it. */
export function overfullOf(features: Features): Fault | undefined {
  const { agreements, payments, signals, opportunities, relationship } = features;
  const { engagements } = relationship.engagements;
  const amendments = agreements.map((agreement) => agreement.amendments.length);
  const values = agreements.map(({ terms }) => Math.abs(terms.valueMinor ?? 0));
  const sizes: readonly (readonly [what: string, size: number, most: number])[] = [
    ['agreements', agreements.length, MAX_AGREEMENTS],
    ['events of one agreement', greatest(amendments), MAX_AMENDMENTS],
    ['minor units of one agreement', greatest(values), MAX_AMOUNT_MINOR],
    ['minor units paid', payments.paidMinor, MAX_PAID_MINOR],
    ['open tickets', signals.tickets.filter(({ resolved }) => resolved === null).length, MAX_OPEN_TICKETS],
    ['contacts', signals.contacts.length, MAX_CONTACTS],
    ['goals', signals.goals.length, MAX_GOALS],
    ['opportunities', opportunities.length, MAX_OPPORTUNITIES],
    ['engagements', engagements.length, MAX_ENGAGEMENTS],
  ];
  for (const [what, size, most] of sizes) {
    if (size > most) return { path: '/data/into', expected: `at most ${most} ${what}`, got: String(size) };
  }
  return undefined;
}

function greatest(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => Math.max(a, b), 0);
}
