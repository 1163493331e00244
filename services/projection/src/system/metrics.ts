import type { CustomerChangesRecord } from '@bellwether/events';
import type { InputRecord } from '@bellwether/stream';

/** The metrics of projection; labels are names of topologies, never ids of customers or tenants. */
export const PROJECTION_METRICS = {
  bellwether_event_to_change_seconds: {
    kind: 'histogram',
    help: 'Time from the receipt of an event until its change is in the read model, history left out.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  },
  bellwether_projection_records_total: {
    kind: 'counter',
    help: 'Records that are in the read model, by the topology that put them there.',
    labels: ['topology'],
  },
} as const;

/** The part of the metrics that projection uses; structural, so that tests need no registry. */
export interface ProjectionMetrics {
  readonly bellwether_event_to_change_seconds: { observe(seconds: number): void };
  readonly bellwether_projection_records_total: { inc(labels: { topology: string }, by: number): void };
}

/** Counts a committed batch and measures how long its live changes took. `now` is the wall clock, epoch ms. */
export function observeCommitted(
  metrics: ProjectionMetrics,
  batch: { readonly topology: string; readonly records: readonly InputRecord[] },
  now: number,
): void {
  metrics.bellwether_projection_records_total.inc({ topology: batch.topology }, batch.records.length);
  for (const { topic, value } of batch.records) {
    if (topic !== 'customer-changes') continue;
    const record = value as CustomerChangesRecord;
    if (record.kind !== 'change' || record.historical) continue;
    metrics.bellwether_event_to_change_seconds.observe(Math.max(0, now - record.knownAt) / 1_000);
  }
}
