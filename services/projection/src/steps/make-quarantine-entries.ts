import type { QuarantineRecord } from '@bellwether/events';
import type { Entry } from '@bellwether/stream';
import { ENTRIES, reasonGroup } from '../collections.ts';

/** A quarantined input is listed twice: among all of its tenant, and among those of the same reason. */
export function makeQuarantineEntries(record: QuarantineRecord): Entry[] {
  const { tenant, quarantineId, reason, receivedAt } = record;
  return [tenant, reasonGroup(tenant, reason)].map((group) => ({
    collection: ENTRIES.quarantine,
    id: `${group}|${quarantineId}`,
    group,
    order: receivedAt,
    value: record,
  }));
}
