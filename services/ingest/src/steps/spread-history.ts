import {
  type ClockRecord,
  type CustomerEventsRecord,
  customerKey,
  type ImportBadRow,
  type ImportBegin,
  type ImportEnd,
  type ImportRecord,
  type QuarantineRecord,
} from '@bellwether/events';
import type { Output, StepResult } from '@bellwether/stream';

export type ImportOutput = 'events' | 'quarantine' | 'clock' | 'accounting';

/**
 * What one record of an import leads to: an event goes to its customer, a control record to every partition, a bad
 * row to quarantine, the ends of the import to the tenants' clocks. A function of the record alone.
 */
export function spreadHistory(record: ImportRecord, partitions: number): StepResult<null, ImportOutput> {
  switch (record.kind) {
    case 'import-row': {
      const { event } = record;
      const key = customerKey(event.tenant, event.customerId);
      return ok([{ output: 'events', key, value: event }]);
    }
    case 'import-control':
      return ok(toEveryPartition('events', record.control, partitions));
    case 'import-bad-row':
      return { kind: 'quarantined', outputs: [quarantined(record)] };
    case 'import-begin':
    case 'import-end':
      return ok([{ output: 'clock', key: record.tenant, value: clockOf(record) }]);
  }
}

/** A control record stands in every partition, so that it has a place in each customer's order. */
export function toEveryPartition<Out extends string>(
  output: Out,
  value: Extract<CustomerEventsRecord, { tenant: string }>,
  partitions: number,
): Output<Out>[] {
  return Array.from({ length: partitions }, (_, partition) => ({
    output,
    key: value.tenant,
    partition,
    value,
  }));
}

function clockOf(record: ImportBegin | ImportEnd): ClockRecord {
  const { tenant, settings, at } = record;
  if (record.kind === 'import-begin') return { kind: 'tenant', tenant, settings, day: null, feeds: {}, at };
  return { kind: 'tenant', tenant, settings, day: record.day, feeds: record.feeds, at };
}

function quarantined(record: ImportBadRow): Output<'quarantine'> {
  const value: QuarantineRecord = {
    kind: 'quarantined',
    tenant: record.tenant,
    quarantineId: `${record.importId}:${record.ordinal}`,
    customerId: null,
    stage: 'ingest',
    reason: record.reason,
    faults: record.faults,
    position: record.position,
    original: record.original,
    encoding: record.reason === 'not-utf8' ? 'base64' : 'utf8',
    receivedAt: record.receivedAt,
  };
  return { output: 'quarantine', key: record.tenant, value };
}

function ok(outputs: readonly Output<ImportOutput>[]): StepResult<null, ImportOutput> {
  return { kind: 'ok', state: null, outputs };
}
