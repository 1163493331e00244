import { customerKey, type TransferRecord } from '@bellwether/events';
import { forwardingTopology } from './forwarding-topology.ts';

/**
 * customer-transfers -> customer-events: what merged customers tell each other gets its place in the order of the one
 * that it is for (N23, ADR 18), whichever partition that one is in.
 */
export const ingestTransfersTopology = forwardingTopology<TransferRecord>({
  name: 'ingest-transfers',
  input: 'customer-transfers',
  outputsOf: (value) => [{ output: 'events', key: customerKey(value.tenant, value.customerId), value }],
});
