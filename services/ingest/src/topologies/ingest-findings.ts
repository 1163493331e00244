import type { CensusRecord, ContextRecord } from '@bellwether/events';
import type { Topology } from '@bellwether/stream';
import { toEveryPartition } from '../steps/spread-history.ts';
import { forwardingTopology } from './forwarding-topology.ts';

/**
 * portfolio-findings -> customer-events: what a portfolio came to is a context of all its customers (design section 2).
 * An import waits for its censuses and writes them itself, so that they have one place in its history.
 * @param partitions of customer-events
 */
export function ingestFindingsTopology(partitions: number): Topology<CensusRecord, null, null, 'events'> {
  return forwardingTopology({
    name: 'ingest-findings',
    input: 'portfolio-findings',
    outputsOf: (value) => (value.historical ? [] : toEveryPartition('events', contextOf(value), partitions)),
  });
}

/** Censuses of a tenant are counted one after the other, so their days only grow. */
function contextOf({ tenant, census, receivedAt }: CensusRecord): ContextRecord {
  return { kind: 'context', tenant, item: 'census', version: census.day, receivedAt, value: census };
}
