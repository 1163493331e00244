import type { Tally } from '@bellwether/events';
import type { Ending } from '../../../packages/testkit/src/simulation/scenario.ts';
import { type Expectation, expectationOf, outputName } from './expectation.ts';
import type { Account, LedgerOutput } from './ledger.ts';

/** What readers of the outputs do: nothing, or drop what is not after the last sequence of its key. */
export type Reader = 'strict' | 'drops-repeats';

/**
 * What is asked of decisions about heads: numbered without gap; or only that each tells what was right, as what they
 * number depends on where batches end, which a store that lost public decisions cannot know; or nothing is decided.
 */
export type Totals = 'numbered' | 'right' | 'none';

/** How an ending is looked at. */
export interface Judgement {
  readonly reader: Reader;
  readonly totals: Totals;
}

/** What is wrong with how a schedule ended, in sentences; empty when it is as if nothing had happened. */
export function endingFaults(ending: Ending, { reader, totals }: Judgement): string[] {
  const { log, store } = ending;
  const partitions = Array.from({ length: log.partitions }, (_, partition) => log.input(partition));
  const expected = expectationOf(partitions);
  const faults = ending.failures.map((error) => `a process ended: ${error.message}`);
  const accounts = new Map<string, Account>();
  for (const { id, state } of store.collection('accounts').values()) accounts.set(id, state as Account);
  compareAccounts(expected, accounts, faults);
  compareSets('entries', new Set(store.entryIds), { expected: expected.entryIds, faults });
  for (const output of ['changes', 'quarantine', 'forwarded'] as const) {
    compareOutputs(expected, published(ending, output, reader), { output, reader, faults });
  }
  if (totals !== 'none') compareTotals(expected, published(ending, 'totals', reader), { totals, faults });
  compareTallies(expected, ending, { reader, faults });
  return faults;
}

function compareAccounts(
  expected: Expectation,
  accounts: ReadonlyMap<string, Account>,
  faults: string[],
): void {
  for (const [key, account] of expected.accounts) {
    const [is, should] = [JSON.stringify(accounts.get(key)), JSON.stringify(account)];
    if (is !== should) faults.push(`state of ${key} is ${is}, not ${should}`);
  }
  for (const key of accounts.keys())
    if (!expected.accounts.has(key)) faults.push(`${key} should not be there`);
}

/** Values of an output by key, in the order in which a reader of committed records sees them. */
function published({ log }: Ending, output: LedgerOutput, reader: Reader): Map<string, unknown[]> {
  const lists = new Map<string, unknown[]>();
  for (const { key, value } of log.output(output)) {
    const list = lists.get(key) ?? [];
    lists.set(key, list);
    if (reader === 'drops-repeats' && sequenceOf(value) <= sequenceOf(list.at(-1))) continue;
    list.push(value);
  }
  return lists;
}

/** What carries no sequence is never dropped. */
function sequenceOf(value: unknown): number {
  const isNumbered = typeof value === 'object' && value !== null && 'sequence' in value;
  return isNumbered ? Number(value.sequence) : Number.NaN;
}

function compareOutputs(
  expected: Expectation,
  lists: ReadonlyMap<string, readonly unknown[]>,
  { output, reader, faults }: { output: LedgerOutput; reader: Reader; faults: string[] },
): void {
  const isNumbered = output === 'changes';
  const unseen = new Set([...expected.outputs.keys()].filter((name) => name.startsWith(`${output} `)));
  for (const [key, values] of lists) {
    const name = outputName(output, key);
    unseen.delete(name);
    let is = values.map((value) => JSON.stringify(value));
    let should = expected.outputs.get(name) ?? [];
    // Without a sequence a repeat cannot be told from a second record: only the set of values is promised.
    if (reader === 'drops-repeats' && !isNumbered) {
      is = [...new Set(is)].sort();
      should = [...new Set(should)].sort();
    }
    if (is.join() !== should.join()) faults.push(`${name} is ${is.join()}, not ${should.join()}`);
  }
  for (const name of unseen) faults.push(`${name} is missing`);
}

/** Totals are numbered from 1 without gap; each tells what was right after some number of records, the last the end. */
function compareTotals(
  expected: Expectation,
  lists: ReadonlyMap<string, readonly unknown[]>,
  { totals, faults }: { totals: Totals; faults: string[] },
): void {
  for (const [tenant, right] of expected.totals) {
    const values = (lists.get(tenant) ?? []) as readonly { sequence: number; records: number }[];
    let before = 0;
    for (const [index, value] of values.entries()) {
      const { sequence, ...told } = value;
      if (totals === 'numbered' && sequence !== index + 1)
        faults.push(`totals of ${tenant}: ${sequence} stands at place ${index + 1}`);
      if (told.records <= before)
        faults.push(`totals of ${tenant} go back from ${before} to ${told.records}`);
      before = told.records;
      const should = right[told.records - 1];
      if (JSON.stringify(told) !== should)
        faults.push(`totals ${sequence} of ${tenant} are ${JSON.stringify(told)}, not ${should}`);
    }
    if (before !== right.length)
      faults.push(`totals of ${tenant} end after ${before} of ${right.length} records`);
  }
}

/** Totals of outcomes since the beginning: the last one counts, or the greatest where repeats may come late. */
function compareTallies(
  expected: Expectation,
  { log }: Ending,
  { reader, faults }: { reader: Reader; faults: string[] },
): void {
  const last = new Map<string, Tally>();
  for (const { value } of log.output('accounting')) {
    const { partition, tenant, tally } = value as { partition: number; tenant: string; tally: Tally };
    const name = `${partition} ${tenant}`;
    const before = last.get(name);
    if (reader === 'strict' || !before || sizeOf(tally) > sizeOf(before)) last.set(name, tally);
  }
  for (const [name, tally] of expected.tallies) {
    const [is, should] = [JSON.stringify(last.get(name)), JSON.stringify(tally)];
    if (is !== should) faults.push(`accounting of ${name} is ${is}, not ${should}`);
  }
}

function sizeOf({ ok, duplicate, quarantined }: Tally): number {
  return ok + duplicate + quarantined;
}

function compareSets(
  what: string,
  is: ReadonlySet<string>,
  { expected, faults }: { expected: ReadonlySet<string>; faults: string[] },
): void {
  const missing = [...expected].filter((one) => !is.has(one));
  const extra = [...is].filter((one) => !expected.has(one));
  if (missing.length > 0) faults.push(`${what} missing: ${missing.join()}`);
  if (extra.length > 0) faults.push(`${what} that should not be there: ${extra.join()}`);
}
