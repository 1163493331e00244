import type { CensusRecord, ContextRecord } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { toEveryPartition } from '../steps/spread-history.ts';

/**
 * portfolio-findings -> customer-events: what a portfolio came to is a context of all its customers (design section 2).
 * An import waits for its censuses and writes them itself, so that they have one place in its history.
 * @param partitions of customer-events
 */
export function ingestFindingsTopology(partitions: number): Topology<CensusRecord, null, null, 'events'> {
  return {
    name: 'ingest-findings',
    input: 'portfolio-findings',
    outputs: { events: 'customer-events' },
    collection: 'ingest-findings',
    keyOf: () => undefined,
    headKeyOf: () => undefined,
    initialHead: () => null,
    evolveHead: (head) => head,
    step: ({ record: { value } }) => ({
      kind: 'ok',
      state: undefined,
      outputs: value.historical ? [] : toEveryPartition('events', contextOf(value), partitions),
    }),
    indexOf: () => ({}),
  };
}

/** Censuses of a tenant are counted one after the other, so their days only grow. */
function contextOf({ tenant, census, receivedAt }: CensusRecord): ContextRecord {
  return { kind: 'context', tenant, item: 'census', version: census.day, receivedAt, value: census };
}
