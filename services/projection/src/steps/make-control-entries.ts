import { ALL_SLOTS, type ContextRecord, type DayRecord, type ReviewRecord } from '@bellwether/events';
import type { Entry } from '@bellwether/stream';
import { ENTRIES, tenantKey } from '../collections.ts';

/**
 * What the log told of a tenant, as one partition keeps it (N4): a day or review whole, of a context only which one it
 * is, for contexts may be big.
 */
export type ControlEntry = DayRecord | ReviewRecord | Pick<ContextRecord, 'kind' | 'item' | 'version'>;

/** Where a control record stands in customer-events. */
interface Place {
  readonly partition: number;
  readonly position: number;
}

/**
 * The entries of a control record: its place in this partition, and the content of a context, which all partitions
 * write under one id. A day that is told in several ranges of slots is kept once, for all of them: nothing stands
 * between its ranges that concerns a customer.
 */
export function makeControlEntries(
  record: DayRecord | ReviewRecord | ContextRecord,
  { partition, position }: Place,
): Entry[] {
  const { tenant } = record;
  const group = tenantKey(tenant, partition);
  const entryOf = (value: ControlEntry): Entry => {
    const id = `${group}|${position}`;
    return { collection: ENTRIES.controls, id, group, order: position, value };
  };
  if (record.kind !== 'context') {
    return record.slotFrom === 0 ? [entryOf({ ...record, slotTo: ALL_SLOTS.slotTo })] : [];
  }
  const { kind, item, version, receivedAt } = record;
  const id = contextId(tenant, { item, version });
  return [
    { collection: ENTRIES.contexts, id, group: tenant, order: receivedAt, value: record },
    entryOf({ kind, item, version }),
  ];
}

/** Id of the content of a context. */
export function contextId(
  tenant: string,
  { item, version }: Pick<ContextRecord, 'item' | 'version'>,
): string {
  return `${tenant}|${item}|${version}`;
}
