import { type QuarantineRecord, type SourceMessage, UNKNOWN_TENANT } from '@bellwether/events';
import type { InputRecord, Output } from '@bellwether/stream';
import { keptBody, keptHeaders, schemaIdOf } from '../sources/kept-original.ts';
import { type Refusal, whoseOf } from '../sources/message-parts.ts';
import { waitForTenant } from './keep-waiting.ts';

/**
 * What cannot be taken, with its bytes, headers and place, so that nothing is ever lost (N15). What only comes too
 * early for its tenant also waits to be given again by itself.
 */
export function quarantineMessage(
  record: InputRecord<SourceMessage>,
  refusal: Omit<Refusal, 'sign'>,
): readonly Output<'quarantine' | 'redrives'>[] {
  const entry = entryOf(record, refusal);
  return [{ output: 'quarantine', key: entry.tenant, value: entry }, ...waitForTenant(entry)];
}

/** A message on which the program failed (docs/quarantine.md, internal-failure). */
export function buryMessage(record: InputRecord<SourceMessage>, error: Error): Output<'quarantine'> {
  const expected = 'a message that the program can work on';
  const faults = [{ path: '/', expected, got: error.message.slice(0, 200) }];
  const whose = whoseOf(record.key, record.value.headers);
  const entry = entryOf(record, { ...whose, reason: 'internal-failure', faults });
  return { output: 'quarantine', key: entry.tenant, value: entry };
}

function entryOf(
  record: InputRecord<SourceMessage>,
  { tenant, customerId, reason, faults }: Omit<Refusal, 'sign'>,
): QuarantineRecord {
  const { topic, partition, offset, key, timestampMs, value } = record;
  const schemaId = schemaIdOf(value);
  return {
    kind: 'quarantined',
    tenant: tenant ?? UNKNOWN_TENANT,
    quarantineId: `${topic}:${partition}:${offset}`,
    customerId,
    stage: 'ingest',
    reason,
    faults,
    position: { topic, partition, offset },
    ...keptBody(value),
    receivedAt: timestampMs,
    key: key.slice(0, 1_024),
    headers: keptHeaders(value),
    ...(schemaId === undefined ? {} : { schemaId }),
  };
}
