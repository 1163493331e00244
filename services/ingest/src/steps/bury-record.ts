import { type QuarantineRecord, shown } from '@bellwether/events';
import type { InputRecord, Output } from '@bellwether/stream';
import { keptText } from '../sources/kept-original.ts';

/**
 * A valid record on which the program failed: it is set aside with what the failure said, so that the records of others
 * go on (docs/quarantine.md, internal-failure).
 */
export function buryRecord(
  record: InputRecord,
  error: Error,
  whose: Pick<QuarantineRecord, 'tenant' | 'customerId'>,
): Output<'quarantine'> {
  const { topic, partition, offset, timestampMs, value } = record;
  const entry: QuarantineRecord = {
    kind: 'quarantined',
    tenant: whose.tenant,
    quarantineId: `${topic}:${partition}:${offset}`,
    customerId: whose.customerId,
    stage: 'ingest',
    reason: 'internal-failure',
    faults: [{ path: '/', expected: 'a record that the program can work on', got: shown(error.message) }],
    position: { topic, partition, offset },
    ...keptText(JSON.stringify(value)),
    receivedAt: timestampMs,
  };
  return { output: 'quarantine', key: entry.tenant, value: entry };
}
