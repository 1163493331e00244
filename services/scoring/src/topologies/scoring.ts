import type { CustomerState } from '@bellwether/domain';
import { type CustomerEventsRecord, customerKey } from '@bellwether/events';
import type { DueQuery, Topology } from '@bellwether/stream';
import { forwardControl } from '../steps/forward-control.ts';
import { reviewCustomer } from '../steps/review-customer.ts';
import { scoreEvent } from '../steps/score-event.ts';
import { evolveTenantContext, initialTenantContext, type TenantContext } from '../tenant-context.ts';

export type ScoringOutput = 'changes' | 'contributions' | 'quarantine' | 'accounting';

/**
 * customer-events -> customer-changes: one document a customer, one context a tenant and partition. Events are scored
 * one by one; a day or review reaches only the documents that are due.
 */
export const scoring: Topology<CustomerEventsRecord, CustomerState, TenantContext, ScoringOutput> = {
  name: 'scoring',
  input: 'customer-events',
  outputs: {
    changes: 'customer-changes',
    contributions: 'portfolio-contributions',
    quarantine: 'scoring-quarantine',
    accounting: 'scoring-accounting',
  },
  collection: 'scoring-customers',
  accounting: 'accounting',
  tenantOf: (record) => (record.kind === 'event' ? record.tenant : undefined),
  isControl: (record) => record.kind !== 'event',
  keyOf: ({ value }) => (value.kind === 'event' ? customerKey(value.tenant, value.customerId) : undefined),
  headKeyOf: (record) => (record.kind === 'minute' ? undefined : record.tenant),
  initialHead: initialTenantContext,
  evolveHead: (context, { value }) => evolveTenantContext(context, value),
  dueOf,
  step: (input) => {
    const { value } = input.record;
    if (value.kind === 'event') return scoreEvent({ ...input, event: value });
    if (input.state) return reviewCustomer({ control: value, context: input.head, state: input.state });
    return forwardControl({ control: value, context: input.head, partition: input.record.partition });
  },
  indexOf: (state) => ({
    group: state.tenant,
    slot: state.slot,
    dueDay: state.nextReviewDay,
    contextVersion: state.contextVersion,
  }),
};

function dueOf(context: TenantContext, record: CustomerEventsRecord): DueQuery | undefined {
  if ((record.kind !== 'day' && record.kind !== 'review') || context.day === null) return undefined;
  const { tenant: group, slotFrom, slotTo } = record;
  return { group, slotFrom, slotTo, day: context.day, contextVersion: context.contextVersion };
}
