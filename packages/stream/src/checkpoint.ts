import type { Tally } from '@bellwether/events';
import type { OutputRecord } from './ports.ts';

/** What a partition of a topology has read: its own head document, saved after the documents it speaks for. */
export interface Checkpoint {
  /** Position after the last record applied. */
  readonly next: number;
  /** Positions below were public when this was saved: where to go on when the log has forgotten the group. */
  readonly committed: number;
  /** A position is `base` plus the offset in the log; more than 0 after the log was replaced and that was accepted. */
  readonly base: number;
  /** Which log this is about, so that another one under the same name is noticed. */
  readonly log: LogMark | undefined;
  /** Outcomes of all records so far, by tenant. */
  readonly tallies: { readonly [tenant: string]: Tally };
}

/** What a log is recognised by: its identity, its partitions, and the last record that was applied. */
export interface LogMark {
  readonly id: string;
  readonly partitions: number;
  readonly offset: number;
  readonly timestampMs: number;
  /** Hash of the record's key. */
  readonly keyHash: number;
}

export const INITIAL_CHECKPOINT: Checkpoint = { next: 0, committed: 0, base: 0, log: undefined, tallies: {} };
/** Id of the checkpoint among the heads of a partition. */
export const CHECKPOINT = '#checkpoint';

/** Id of a head document: heads of one key in two partitions are two documents. */
export function headId(partition: number, key: string): string {
  return `p${partition}/${key}`;
}

export type Outcome = keyof Tally;
export const NO_TALLY: Tally = { ok: 0, duplicate: 0, quarantined: 0 };

/** Counts the outcomes of one batch; only tenants that were touched get a new tally. */
export class OutcomeCounter {
  readonly #counts = new Map<string, { ok: number; duplicate: number; quarantined: number }>();

  add(tenant: string, outcome: Outcome): void {
    let counts = this.#counts.get(tenant);
    if (!counts) {
      counts = { ...NO_TALLY };
      this.#counts.set(tenant, counts);
    }
    counts[outcome] += 1;
  }

  /** A record that is counted already, but whose totals may not be published yet. */
  touch(tenant: string): void {
    if (!this.#counts.has(tenant)) this.#counts.set(tenant, { ...NO_TALLY });
  }

  /** The tallies after this batch and the tenants that it touched. */
  addTo(tallies: Checkpoint['tallies']): Checkpoint['tallies'] {
    if (this.#counts.size === 0) return tallies;
    const next: Record<string, Tally> = { ...tallies };
    for (const [tenant, counts] of this.#counts) {
      const before = next[tenant] ?? NO_TALLY;
      next[tenant] = {
        ok: before.ok + counts.ok,
        duplicate: before.duplicate + counts.duplicate,
        quarantined: before.quarantined + counts.quarantined,
      };
    }
    return next;
  }

  get tenants(): Iterable<string> {
    return this.#counts.keys();
  }
}

/** Whose totals they are, and where they are published. */
export interface AccountingAddress {
  readonly topic: string;
  readonly group: string;
  readonly input: string;
  readonly partition: number;
}

/**
 * Accounting records: totals since the beginning, so publishing one again after a crash changes nothing
 * (design section 3, guarantee 1).
 */
export function accountingRecords(
  address: AccountingAddress,
  tenants: Iterable<string>,
  tallies: Checkpoint['tallies'],
): OutputRecord[] {
  return Array.from(tenants, (tenant) => ({
    topic: address.topic,
    key: `${address.group}/${address.partition}|${tenant}`,
    value: {
      kind: 'tally',
      group: address.group,
      topic: address.input,
      partition: address.partition,
      tenant,
      tally: tallies[tenant] ?? NO_TALLY,
    },
  }));
}
