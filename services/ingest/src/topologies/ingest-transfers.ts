import { customerKey, type TransferRecord } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';

/**
 * customer-transfers -> customer-events: what merged customers tell each other gets its place in the order of the one
 * that it is for (N23, ADR 18), whichever partition that one is in.
 */
export const ingestTransfersTopology: Topology<TransferRecord, null, null, 'events'> = {
  name: 'ingest-transfers',
  input: 'customer-transfers',
  outputs: { events: 'customer-events' },
  collection: 'ingest-transfers',
  keyOf: () => undefined,
  headKeyOf: () => undefined,
  initialHead: () => null,
  evolveHead: (head) => head,
  step: ({ record: { value } }) => ({
    kind: 'ok',
    state: undefined,
    outputs: [{ output: 'events', key: customerKey(value.tenant, value.customerId), value }],
  }),
  indexOf: () => ({}),
};
