/** What became of the records that one partition of a group has read for one tenant: totals since the beginning. */
export interface Tally {
  readonly ok: number;
  readonly duplicate: number;
  readonly quarantined: number;
}

/** The value of a record on `accounting` (compacted, key `group/partition|tenant`): the newest one counts. */
export interface AccountingRecord {
  readonly kind: 'tally';
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly tenant: string;
  readonly tally: Tally;
}
