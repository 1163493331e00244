import type { InputRecord } from '@bellwether/stream';
import {
  type Account,
  LARGEST,
  type LedgerOutput,
  type LedgerValue,
  ledger,
  nameLargest,
  type Totals,
} from './ledger.ts';

/** What one record after the other, without any fault, makes of the input. */
export interface Expectation {
  readonly accounts: ReadonlyMap<string, Account>;
  /** Outputs by name and key, in order, as JSON. */
  readonly outputs: ReadonlyMap<string, readonly string[]>;
  /** What is right to tell of a tenant after each number of its records: sum and largest accounts as JSON. */
  readonly totals: ReadonlyMap<string, readonly string[]>;
  /** Outcomes by partition and tenant. */
  readonly tallies: ReadonlyMap<string, { ok: number; duplicate: number; quarantined: number }>;
  readonly entryIds: ReadonlySet<string>;
}

/** Applies the ledger to one partition after the other. Nothing of the loop is used. */
export function expectationOf(partitions: readonly (readonly InputRecord[])[]): Expectation {
  const expected = new Bookkeeper();
  for (const records of partitions) {
    for (const record of records) expected.apply(record as InputRecord<LedgerValue>);
  }
  return expected;
}

class Bookkeeper implements Expectation {
  readonly accounts = new Map<string, Account>();
  readonly outputs = new Map<string, string[]>();
  readonly totals = new Map<string, string[]>();
  readonly tallies = new Map<string, { ok: number; duplicate: number; quarantined: number }>();
  readonly entryIds = new Set<string>();
  readonly #heads = new Map<string, Totals>();

  apply(record: InputRecord<LedgerValue>): void {
    const { value } = record;
    const before = this.#heads.get(value.tenant) ?? ledger.initialHead(value.tenant);
    const head = ledger.evolveHead(before, record);
    this.#heads.set(value.tenant, head);
    if (value.kind === 'add') {
      const outcome = this.#step(record, { head, key: record.key });
      const name = `${record.partition} ${value.tenant}`;
      const tally = this.tallies.get(name) ?? { ok: 0, duplicate: 0, quarantined: 0 };
      tally[outcome] += 1;
      this.tallies.set(name, tally);
    } else {
      const due = [...this.accounts.values()].filter(
        ({ tenant, dueDay }) => tenant === value.tenant && dueDay !== null && dueDay <= head.day,
      );
      for (const { key } of due) this.#step(record, { head, key });
      this.#step(record, { head, key: undefined });
    }
    this.#noteTotals(value.tenant, head);
  }

  #step(
    record: InputRecord<LedgerValue>,
    { key, head }: { head: Totals; key: string | undefined },
  ): 'ok' | 'duplicate' | 'quarantined' {
    const state = key === undefined ? undefined : this.accounts.get(key);
    const result = ledger.step({ record, head, state });
    if (result.kind === 'duplicate') return result.kind;
    for (const { output, key: outputKey, value } of result.outputs) {
      append(this.outputs, outputName(output, outputKey), JSON.stringify(value));
    }
    if (result.kind === 'ok') {
      if (key !== undefined && result.state) this.accounts.set(key, result.state);
      for (const entry of result.entries ?? []) this.entryIds.add(`${entry.collection} ${entry.id}`);
    }
    return result.kind;
  }

  #noteTotals(tenant: string, { records, sum }: Totals): void {
    const largest = [...this.accounts.values()]
      .filter((account) => account.tenant === tenant)
      .sort((one, other) => other.sum - one.sum || (one.key < other.key ? -1 : 1))
      .slice(0, LARGEST);
    append(this.totals, tenant, JSON.stringify({ records, sum, largest: nameLargest(largest) }));
  }
}

/** Under which name outputs of a key are kept. */
export function outputName(output: LedgerOutput, key: string): string {
  return `${output} ${key}`;
}

function append(lists: Map<string, string[]>, name: string, item: string): void {
  const list = lists.get(name);
  if (list) list.push(item);
  else lists.set(name, [item]);
}
