import { isMembershipEvent } from '@bellwether/domain';
import {
  type ContextRecord,
  type CustomerEventsRecord,
  customerKey,
  type DayRecord,
  feedOf,
  type ReviewRecord,
} from '@bellwether/events';
import type { InputRecord, StepInput, StepResult, Topology } from '@bellwether/stream';
import { COLLECTIONS, MODELS_GROUP, modelsKey, TENANTS_GROUP, tenantKey } from '../collections.ts';
import { type CustomerCard, emptyCard, foldCard } from '../steps/fold-card.ts';
import { foldModels, type TenantModelsState } from '../steps/fold-models.ts';
import { foldTenant, type TenantState, unknownTenant } from '../steps/fold-tenant.ts';
import { makeControlEntries } from '../steps/make-control-entries.ts';
import { makeEventEntry } from '../steps/make-event-entry.ts';

/** A document of `projection-cards`. */
export type CardsDocument = CustomerCard | TenantState | TenantModelsState;

/**
 * customer-events: the timeline, a card a customer, and what control records say of each tenant. Control records belong
 * to one document here, so they are ordinary records and need no batch of their own.
 */
export const projectionEvents: Topology<CustomerEventsRecord, CardsDocument, null, never> = {
  name: 'projection-events',
  input: 'customer-events',
  outputs: {},
  collection: COLLECTIONS.cards,
  keyOf,
  headKeyOf: () => undefined,
  initialHead: () => null,
  evolveHead: (head) => head,
  step,
  indexOf: (state) => ({ group: GROUPS[state.kind] ?? state.tenant }),
};

const GROUPS: { readonly [kind in CardsDocument['kind']]?: string } = {
  tenant: TENANTS_GROUP,
  models: MODELS_GROUP,
};

function keyOf({ value, partition }: InputRecord<CustomerEventsRecord>): string | undefined {
  switch (value.kind) {
    case 'event':
      return customerKey(value.tenant, value.customerId);
    case 'day':
      return tenantKey(value.tenant, partition);
    case 'context':
      return (value.item === 'models' ? modelsKey : tenantKey)(value.tenant, partition);
    case 'review':
    case 'minute':
    case 'transfer':
      return undefined;
  }
}

function step(input: StepInput<CustomerEventsRecord, CardsDocument, null>): StepResult<CardsDocument, never> {
  const { value, partition, offset: position } = input.record;
  switch (value.kind) {
    case 'event': {
      const entries = [makeEventEntry(value, position)];
      // what people do, what sources say of themselves, and with whom somebody counts makes nobody a customer
      if (feedOf(value.type) === undefined || isMembershipEvent(value))
        return { kind: 'ok', state: undefined, outputs: [], entries };
      const card = input.state?.kind === 'card' ? input.state : emptyCard(value.tenant, value.customerId);
      return { kind: 'ok', state: foldCard(card, value), outputs: [], entries };
    }
    case 'day':
    case 'context':
    case 'review': {
      const entries = makeControlEntries(value, { partition, position });
      return { kind: 'ok', state: foldControl(input.state, value, partition), outputs: [], entries };
    }
    case 'minute':
    case 'transfer':
      return { kind: 'ok', state: undefined, outputs: [] };
  }
}

function foldControl(
  state: CardsDocument | undefined,
  record: DayRecord | ContextRecord | ReviewRecord,
  partition: number,
): CardsDocument | undefined {
  if (record.kind === 'review') return undefined;
  if (record.kind === 'context' && record.item === 'models') {
    return foldModels(state?.kind === 'models' ? state : undefined, record, partition);
  }
  return foldTenant(state?.kind === 'tenant' ? state : unknownTenant(record.tenant, partition), record);
}
