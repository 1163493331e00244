import { type CustomerChange, customerKey } from '@bellwether/events';
import type { Entry } from '@bellwether/stream';
import { ENTRIES } from '../collections.ts';

/** A change record as the history keeps it: all consequences of one event. */
export type ChangeEntry = Pick<
  CustomerChange,
  'sequence' | 'asOf' | 'knownAt' | 'cause' | 'causedBy' | 'changes'
>;

/** One customer leaving one health band for another; value at that moment, minor units. */
export interface BandMove {
  readonly customerId: string;
  readonly from: string;
  readonly to: string;
  readonly valueMinor: number;
}

/** What a change record adds to the history: itself, and the move between health bands if it holds one. */
export function makeChangeEntries(record: CustomerChange, valueMinor: number): Entry[] {
  const { tenant, sequence, asOf, knownAt, cause, causedBy, changes } = record;
  const group = customerKey(tenant, record.customerId);
  const id = `${group}|${String(sequence).padStart(10, '0')}`;
  const value: ChangeEntry = { sequence, asOf, knownAt, cause, causedBy, changes };
  const entries: Entry[] = [{ collection: ENTRIES.changes, id, group, order: asOf, value }];
  for (const change of changes) {
    if (change.type !== 'score.health.changed') continue;
    const { previousBand: from, band: to } = change;
    if (from === null || to === null || from === to) continue;
    const move: BandMove = { customerId: record.customerId, from, to, valueMinor };
    entries.push({ collection: ENTRIES.bandMoves, id, group: tenant, order: asOf, value: move });
  }
  return entries;
}
