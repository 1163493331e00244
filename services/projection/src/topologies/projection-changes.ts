import { type CustomerChangesRecord, customerKey, PORTFOLIO_CUSTOMER_ID } from '@bellwether/events';
import type { StepInput, StepResult, Topology } from '@bellwether/stream';
import { COLLECTIONS, PORTFOLIOS_GROUP } from '../collections.ts';
import { type CustomerScores, foldChange, unscoredCustomer } from '../steps/fold-change.ts';
import { foldMonths } from '../steps/fold-months.ts';
import { emptyPortfolio, foldPortfolio, type PortfolioState } from '../steps/fold-portfolio.ts';
import { makeChangeEntries } from '../steps/make-change-entries.ts';
import { makeConcentrationEntries } from '../steps/make-concentration-entries.ts';

/** A document of `projection-customers`. */
export type ScoresDocument = CustomerScores | PortfolioState;

/** customer-changes: the scores of each customer and the concentration of each tenant as last published. */
export const projectionChanges: Topology<CustomerChangesRecord, ScoresDocument, null, never> = {
  name: 'projection-changes',
  input: 'customer-changes',
  outputs: {},
  collection: COLLECTIONS.customers,
  keyOf: ({ value }) => (value.kind === 'change' ? customerKey(value.tenant, value.customerId) : undefined),
  headKeyOf: () => undefined,
  initialHead: () => null,
  evolveHead: (head) => head,
  step,
  indexOf(state) {
    return state.kind === 'portfolio'
      ? { group: PORTFOLIOS_GROUP }
      : { group: state.tenant, rank: state.valueMinor };
  },
};

function step({
  record,
  state,
}: StepInput<CustomerChangesRecord, ScoresDocument, null>): StepResult<ScoresDocument, never> {
  const change = record.value;
  if (change.kind !== 'change') return { kind: 'ok', state: undefined, outputs: [] };
  if (state && change.sequence <= state.sequence) return { kind: 'duplicate' };
  if (change.customerId === PORTFOLIO_CUSTOMER_ID) {
    const before = state?.kind === 'portfolio' ? state : emptyPortfolio(change.tenant);
    const after = foldPortfolio(before, change);
    return { kind: 'ok', state: after, outputs: [], entries: makeConcentrationEntries(before, after) };
  }
  const before = state?.kind === 'customer' ? state : unscoredCustomer(change.tenant, change.customerId);
  const after = foldMonths(before, foldChange(before, change), change);
  return { kind: 'ok', state: after, outputs: [], entries: makeChangeEntries(change, before, after) };
}
