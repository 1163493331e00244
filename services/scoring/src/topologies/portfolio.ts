import {
  currentOfPortfolio,
  decidePortfolio,
  evolvePortfolio,
  initialPortfolio,
  type PortfolioHead,
  TOP_CUSTOMERS,
} from '@bellwether/domain';
import { customerKey, PORTFOLIO_CUSTOMER_ID, type PortfolioContribution } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';

/** What one customer adds to its tenant's portfolio; found by value. */
export interface ContributionState {
  readonly tenant: string;
  readonly customerId: string;
  readonly valueMinor: number;
}

/**
 * portfolio-contributions -> customer-changes of `@portfolio`: one document a contribution, one head a tenant that
 * folds only the differences the records carry. It decides once a batch, when the contributions are saved (S5, N9).
 */
export const portfolio: Topology<
  PortfolioContribution,
  ContributionState,
  PortfolioHead,
  'changes' | 'current'
> = {
  name: 'portfolio',
  input: 'portfolio-contributions',
  outputs: { changes: 'customer-changes', current: 'customer-current' },
  collection: 'portfolio-contributions',
  keyOf: ({ value }) => customerKey(value.tenant, value.customerId),
  headKeyOf: (value) => value.tenant,
  initialHead: initialPortfolio,
  evolveHead: (head, { value, offset }) => evolvePortfolio(head, value, offset + 1),
  step: ({ record: { value } }) => {
    const { tenant, customerId, after } = value;
    return { kind: 'ok', state: { tenant, customerId, valueMinor: after?.valueMinor ?? 0 }, outputs: [] };
  },
  indexOf: ({ tenant, valueMinor }) => ({ group: tenant, rank: valueMinor }),
  decideHead: async (head, tenant, store) => {
    const documents = await store.top('portfolio-contributions', tenant, TOP_CUSTOMERS);
    const top = documents.map(({ state }) => state as ContributionState);
    const decided = decidePortfolio(head, top);
    if (!decided.change) return { head: decided.head, outputs: [] };
    const key = customerKey(tenant, PORTFOLIO_CUSTOMER_ID);
    const current = { output: 'current', key, value: currentOfPortfolio(decided.head) } as const;
    return { head: decided.head, outputs: [current, { output: 'changes', key, value: decided.change }] };
  },
};
