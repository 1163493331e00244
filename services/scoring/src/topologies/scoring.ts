import {
  type CustomerState,
  evolveTenantContext,
  initialTenantContext,
  type TenantContext,
} from '@bellwether/domain';
import {
  type CustomerEvent,
  type CustomerEventsRecord,
  customerKey,
  isSourceNotice,
  PER_SCORE_TOPICS,
  type PerScoreName,
  type TransferRecord,
} from '@bellwether/events';
import type { DueQuery, Topology } from '@bellwether/stream';
import { forwardControl } from '../steps/forward-control.ts';
import { scoreTransfer } from '../steps/merge-customer.ts';
import { reviewCustomer } from '../steps/review-customer.ts';
import { scoreEvent } from '../steps/score-event.ts';
import type { ScoringOutput } from '../steps/scoring-output.ts';
import { bury } from '../steps/set-aside.ts';
import { tellAlongside } from '../steps/tell-alongside.ts';

/** What an installation decides about scoring. */
export interface ScoringSettings {
  /** Scores that are also published one by one, each on its own topic. */
  readonly publishPerScoreTopics: readonly PerScoreName[];
  /** Of customer-events. */
  readonly partitions: number;
}

export const DEFAULT_SCORING_SETTINGS: ScoringSettings = {
  publishPerScoreTopics: ['ltv', 'rfm', 'health'],
  partitions: 1,
};

/**
 * customer-events -> customer-changes (S116): one document a customer, one context a tenant and partition. Events are
 * scored one by one; a day or review reaches only the documents that are due.
 */
export function scoringTopology(
  given: Partial<ScoringSettings> = {},
): Topology<CustomerEventsRecord, CustomerState, TenantContext, ScoringOutput> {
  const settings = { ...DEFAULT_SCORING_SETTINGS, ...given };
  const { partitions } = settings;
  return {
    name: 'scoring',
    input: 'customer-events',
    outputs: {
      changes: 'customer-changes',
      current: 'customer-current',
      ...PER_SCORE_TOPICS,
      contributions: 'portfolio-contributions',
      shadows: 'shadow-scores',
      transfers: 'customer-transfers',
      quarantine: 'scoring-quarantine',
      accounting: 'scoring-accounting',
    },
    collection: 'scoring-customers',
    accounting: 'accounting',
    tenantOf: (record) =>
      record.kind === 'event' && !isSourceNotice(record.type) ? record.tenant : undefined,
    isControl: (record) => !isOfCustomer(record),
    keyOf: ({ value }) => (isOfCustomer(value) ? customerKey(value.tenant, value.customerId) : undefined),
    headKeyOf: (record) => (record.kind === 'minute' ? undefined : record.tenant),
    initialHead: initialTenantContext,
    evolveHead: (context, { value }) => evolveTenantContext(context, value),
    dueOf,
    step: (input) => {
      const { value } = input.record;
      if (value.kind === 'event') return scoreEvent({ ...input, event: value });
      if (value.kind === 'transfer') return scoreTransfer({ ...input, transfer: value });
      if (input.state)
        return reviewCustomer({
          control: value,
          context: input.head,
          state: input.state,
          record: input.record,
        });
      const { partition, offset } = input.record;
      return forwardControl({ control: value, context: input.head, partition, offset, partitions });
    },
    deadLetter: (record, error) => {
      // Only records of customers get here: without a control record nothing that comes after it would be right.
      if (!isOfCustomer(record.value)) throw error;
      return bury(record, record.value, error);
    },
    alongside: (state, outputs) => tellAlongside(state, outputs, settings.publishPerScoreTopics),
    indexOf: (state) => ({
      group: state.tenant,
      slot: state.slot,
      dueDay: state.nextReviewDay,
      contextVersion: state.contextVersion,
    }),
  };
}

/** With every score on its own topic too, for one partition. */
export const scoring = scoringTopology();

/** Of one customer, and not of all that are due. */
function isOfCustomer(record: CustomerEventsRecord): record is CustomerEvent | TransferRecord {
  return record.kind === 'event' || record.kind === 'transfer';
}

function dueOf(context: TenantContext, record: CustomerEventsRecord): DueQuery | undefined {
  if ((record.kind !== 'day' && record.kind !== 'review') || context.day === null) return undefined;
  const { tenant: group, slotFrom, slotTo } = record;
  return { group, slotFrom, slotTo, day: context.day, contextVersion: context.contextVersion };
}
