import type { AccountingRecord, Tally } from '@bellwether/events';

/** The newest totals of one (group, partition, tenant). */
export type TallyDocument = AccountingRecord;

/**
 * Takes the record's totals. Totals only grow, so a record that says less in any of them is an old one read again and
 * changes nothing (the same reference comes back).
 */
export function foldTally(state: TallyDocument | undefined, record: AccountingRecord): TallyDocument {
  if (state && !grows(state.tally, record.tally)) return state;
  return record;
}

function grows(before: Tally, after: Tally): boolean {
  return (
    after.ok >= before.ok && after.duplicate >= before.duplicate && after.quarantined >= before.quarantined
  );
}
