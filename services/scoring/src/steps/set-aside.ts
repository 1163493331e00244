import type { RefusedMerge } from '@bellwether/domain';
import {
  type CustomerEvent,
  customerKey,
  type QuarantineRecord,
  shown,
  type TransferRecord,
} from '@bellwether/events';
import type { InputRecord, Output } from '@bellwether/stream';
import type { ScoringOutput } from './scoring-output.ts';

type Wrong = Pick<QuarantineRecord, 'reason' | 'faults'>;

/** An event that contradicts what is known of its customer, with its bytes and the reason. */
export function setAside(event: CustomerEvent, record: InputRecord, wrong: Wrong): Output<ScoringOutput> {
  return quarantineOutput(entryOf(event, record, wrong));
}

/**
 * What a rule failed on: it is set aside with what the failure said, so that other customers go on
 * (docs/quarantine.md, internal-failure).
 */
export function bury(
  record: InputRecord,
  value: CustomerEvent | TransferRecord,
  error: Error,
): Output<ScoringOutput> {
  const expected = 'an event that the program can work on';
  const faults = [{ path: '/', expected, got: shown(error.message) }];
  return quarantineOutput(entryOf(value, record, { reason: 'internal-failure', faults }));
}

/** A merge that was taken, and turned out afterwards not to be possible (N23). */
export function setAsideMerge(
  record: InputRecord,
  { event, reason, fault }: RefusedMerge,
): Output<ScoringOutput> {
  return quarantineOutput(entryOf(event, record, { reason, faults: [fault] }));
}

function quarantineOutput(value: QuarantineRecord): Output<ScoringOutput> {
  return { output: 'quarantine', key: customerKey(value.tenant, value.customerId ?? ''), value };
}

function entryOf(
  value: CustomerEvent | TransferRecord,
  { topic, partition, offset }: InputRecord,
  { reason, faults }: Wrong,
): QuarantineRecord {
  return {
    kind: 'quarantined',
    tenant: value.tenant,
    quarantineId: `${topic}:${partition}:${offset}`,
    customerId: value.customerId,
    stage: 'scoring',
    reason,
    faults,
    position: { topic, partition, offset },
    original: JSON.stringify(value),
    encoding: 'utf8',
    receivedAt: value.receivedAt,
  };
}
