import type { Tally } from '@bellwether/events';
import type { OutputRecord } from './ports.ts';

/** What a partition of a topology has read: its own head document, saved after the documents it speaks for. */
export interface Checkpoint {
  /** Offset after the last record applied. */
  readonly next: number;
  /** Outcomes of all records so far, by tenant. */
  readonly tallies: { readonly [tenant: string]: Tally };
}

export const INITIAL_CHECKPOINT: Checkpoint = { next: 0, tallies: {} };

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
