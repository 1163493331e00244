import type { ModelChoiceRecord } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { chooseModels, type ModelsState } from '../steps/choose-models.ts';
import type { TenantGate } from '../steps/forward-event.ts';

/**
 * model-choices -> customer-events: the one owner of each tenant's models (N6). The choices of all tenants stand in one
 * partition, so those of one are applied in the order in which they were taken.
 */
export function ingestModelsTopology(parts: {
  readonly gateOf: (tenant: string) => TenantGate | undefined;
  /** Of customer-events. */
  readonly partitions: number;
}): Topology<ModelChoiceRecord, ModelsState, null, 'events'> {
  const { gateOf, partitions } = parts;
  return {
    name: 'ingest-models',
    input: 'model-choices',
    outputs: { events: 'customer-events' },
    collection: 'ingest-models',
    keyOf: ({ value }) => value.tenant,
    headKeyOf: () => undefined,
    initialHead: () => null,
    evolveHead: (head) => head,
    step: ({ record: { value }, state }) =>
      chooseModels(state, value, { gate: gateOf(value.tenant), partitions }),
    indexOf: () => ({}),
  };
}
