import {
  type CensusRow,
  countPortfolio,
  currentOfPortfolio,
  decidePortfolio,
  dueCensusDay,
  evolvePortfolio,
  initialPortfolio,
  type PortfolioHead,
  TOP_CUSTOMERS,
} from '@bellwether/domain';
import {
  type CensusRecord,
  customerKey,
  PORTFOLIO_CUSTOMER_ID,
  type PortfolioContribution,
} from '@bellwether/events';
import type { HeadReader, Output, Topology } from '@bellwether/stream';

/** What one customer adds to its tenant's portfolio; found by value. */
export interface ContributionState {
  readonly tenant: string;
  readonly customerId: string;
  readonly valueMinor: number;
  /** What a census reads of the customer. */
  readonly row?: CensusRow;
  /** It counts with another customer now, and is no longer one of the portfolio (N23). */
  readonly isGone?: true;
}
type PortfolioOutput = 'changes' | 'current' | 'findings';

const COLLECTION = 'portfolio-contributions';

/**
 * portfolio-contributions -> customer-changes of `@portfolio`: one document a contribution, one head a tenant that
 * folds only the differences the records carry. It decides once a batch, when the contributions are saved (S5, N9), and
 * tells the feeds of the tenant that have fallen silent (N2).
 * When every partition has come to a counted day, all contributions are read once, and what single customers are
 * compared with from then on goes to portfolio-findings (D6, N10).
 * @param partitions of customer-events
 */
export function portfolioTopology(
  partitions: number,
): Topology<PortfolioContribution, ContributionState, PortfolioHead, PortfolioOutput> {
  return {
    name: 'portfolio',
    input: 'portfolio-contributions',
    outputs: { changes: 'customer-changes', current: 'customer-current', findings: 'portfolio-findings' },
    collection: COLLECTION,
    // What came before a mark is saved when it is counted, and nothing that came after it. What is told of the feeds is
    // a batch of its own, so that what began and what ended are two changes.
    isControl: isMark,
    keyOf: ({ value }) => (isMark(value) ? undefined : customerKey(value.tenant, value.customerId)),
    headKeyOf: (value) => value.tenant,
    initialHead: initialPortfolio,
    evolveHead: (head, { value, offset }) => evolvePortfolio(head, value, offset + 1),
    step: ({ record: { value } }) => ({
      kind: 'ok',
      state: isMark(value) ? undefined : contributionStateOf(value),
      outputs: [],
    }),
    indexOf: ({ tenant, valueMinor, isGone }) => (isGone === true ? {} : { group: tenant, rank: valueMinor }),
    decideHead: async (head, tenant, store) => {
      const counted = await countIfDue(head, store, { tenant, partitions });
      const told = await tellPortfolio(counted.head, tenant, store);
      return { head: told.head, outputs: [...counted.outputs, ...told.outputs] };
    },
  };
}

/** With one partition. */
export const portfolio = portfolioTopology(1);

/** True for a contribution of nobody. */
function isMark({ countedDay, feeds }: PortfolioContribution): boolean {
  return countedDay !== undefined || feeds !== undefined;
}

function contributionStateOf({ tenant, customerId, after }: PortfolioContribution): ContributionState {
  if (after === null) return { tenant, customerId, valueMinor: 0, isGone: true };
  const row = after.row === undefined ? {} : { row: JSON.parse(after.row) as CensusRow };
  return { tenant, customerId, valueMinor: after.valueMinor, ...row };
}

interface HeadDecision {
  readonly head: PortfolioHead;
  readonly outputs: readonly Output<PortfolioOutput>[];
}

async function countIfDue(
  head: PortfolioHead,
  store: HeadReader,
  { tenant, partitions }: { readonly tenant: string; readonly partitions: number },
): Promise<HeadDecision> {
  const day = dueCensusDay(head, partitions);
  if (day === null) return { head, outputs: [] };
  const documents = await store.top(COLLECTION, tenant, head.customers);
  const rows = documents.flatMap(({ state }) => (state as ContributionState).row ?? []);
  const findings = countPortfolio(rows, day, { previous: head.findings, historical: head.historical });
  const value: CensusRecord = {
    kind: 'census',
    tenant,
    census: { day, findings: JSON.stringify(findings) },
    historical: head.historical,
    receivedAt: head.knownAt,
  };
  return { head: { ...head, findings }, outputs: [{ output: 'findings', key: tenant, value }] };
}

async function tellPortfolio(head: PortfolioHead, tenant: string, store: HeadReader): Promise<HeadDecision> {
  const documents = await store.top(COLLECTION, tenant, TOP_CUSTOMERS);
  const top = documents.map(({ state }) => state as ContributionState);
  const decided = decidePortfolio(head, top);
  if (!decided.change) return { head: decided.head, outputs: [] };
  const key = customerKey(tenant, PORTFOLIO_CUSTOMER_ID);
  const current = { output: 'current', key, value: currentOfPortfolio(decided.head) } as const;
  return { head: decided.head, outputs: [current, { output: 'changes', key, value: decided.change }] };
}
