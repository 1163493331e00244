import type { Output, StepResult, Topology } from '@bellwether/stream';

/** What the schedules run: a topology as small as can be that has everything the real ones have. */
export type LedgerValue =
  | { readonly kind: 'add'; readonly tenant: string; readonly id: number; readonly amount: number }
  | { readonly kind: 'day'; readonly tenant: string; readonly day: number };

/** Its hash covers its whole history in order, so that nothing can be missing, twice, or in another order. */
export interface Account {
  readonly tenant: string;
  readonly key: string;
  readonly sum: number;
  readonly sequence: number;
  readonly seen: readonly number[];
  readonly dueDay: number | null;
  readonly hash: number;
}

/** What a tenant's records add up to, and how often that was told. */
export interface Totals {
  readonly day: number;
  readonly records: number;
  readonly sum: number;
  readonly sequence: number;
}

export type LedgerOutput = 'changes' | 'totals' | 'quarantine' | 'forwarded' | 'accounting';
type Result = StepResult<Account, LedgerOutput>;

/** Number of accounts that totals name. */
export const LARGEST = 2;

/** The largest accounts of a tenant, as totals name them. */
export function nameLargest(accounts: readonly Account[]): string {
  return accounts.map(({ key, sum }) => `${key}=${sum}`).join(' ');
}

/**
 * Documents with a running sequence, a head that days and sums are folded into, control records that touch what is due
 * and change when it is due next, duplicates, wrong input, entries, accounting, and a decision once a batch.
 */
export const ledger: Topology<LedgerValue, Account, Totals, LedgerOutput> = {
  name: 'ledger',
  input: 'in',
  outputs: {
    changes: 'changes',
    totals: 'totals',
    quarantine: 'quarantine',
    forwarded: 'forwarded',
    accounting: 'accounting',
  },
  collection: 'accounts',
  accounting: 'accounting',
  tenantOf: (value) => (value.kind === 'add' ? value.tenant : undefined),
  isControl: (value) => value.kind === 'day',
  keyOf: ({ key, value }) => (value.kind === 'add' ? key : undefined),
  headKeyOf: (value) => value.tenant,
  initialHead: () => ({ day: 0, records: 0, sum: 0, sequence: 0 }),
  evolveHead: (head, { value }) => {
    const records = head.records + 1;
    if (value.kind === 'add') return { ...head, records, sum: head.sum + value.amount };
    return { ...head, records, day: Math.max(head.day, value.day) };
  },
  dueOf: (head, value) =>
    value.kind === 'day'
      ? { group: value.tenant, slotFrom: 0, slotTo: 0, day: head.day, contextVersion: 0 }
      : undefined,
  step: ({ record, state, head }) => {
    const { key, value, partition, offset } = record;
    if (value.kind === 'day') {
      if (state) return review(state, head.day);
      return { kind: 'ok', state, outputs: [{ output: 'forwarded', key, value: value.day }] };
    }
    if (value.amount === 0) {
      return { kind: 'quarantined', outputs: [{ output: 'quarantine', key, value: value.id }] };
    }
    if (state?.seen.includes(value.id)) return { kind: 'duplicate' };
    const next = add(state ?? opened(value.tenant, key, head.day), value, head.day);
    const entry = {
      collection: 'history',
      id: `${partition}/${offset}`,
      group: key,
      order: offset,
      value: 1,
    };
    return { kind: 'ok', state: next, outputs: [changeOf(next)], entries: [entry] };
  },
  indexOf: ({ tenant, dueDay, sum }) => ({ group: tenant, slot: 0, dueDay, rank: sum }),
  decideHead: async (head, key, store) => {
    const documents = await store.top('accounts', key, LARGEST);
    const largest = nameLargest(documents.map(({ state }) => state as Account));
    const next = { ...head, sequence: head.sequence + 1 };
    const { sequence, records, sum } = next;
    return { head: next, outputs: [{ output: 'totals', key, value: { sequence, records, sum, largest } }] };
  },
};

function opened(tenant: string, key: string, day: number): Account {
  return { tenant, key, sum: 0, sequence: 0, seen: [], dueDay: day + 1, hash: 0x811c9dc5 };
}

function add(account: Account, { id, amount }: { id: number; amount: number }, day: number): Account {
  return {
    ...account,
    sum: account.sum + amount,
    sequence: account.sequence + 1,
    seen: [...account.seen, id],
    // Some accounts wait for the next day again, so that records change what is due.
    dueDay: amount % 3 === 0 ? day + 1 : account.dueDay,
    hash: mix(account.hash, id, amount, day),
  };
}

/** A day that reaches an account: mostly it is told, sometimes it only changes when the account is due next. */
function review(account: Account, day: number): Result {
  const hash = mix(account.hash, day);
  const dueDay = hash % 5 === 0 ? null : day + 1 + (hash % 2);
  if (hash % 4 === 0) return { kind: 'ok', state: { ...account, dueDay, hash }, outputs: [] };
  const sum = Math.trunc(account.sum / 2);
  const next = { ...account, sum, sequence: account.sequence + 1, dueDay, hash };
  return { kind: 'ok', state: next, outputs: [changeOf(next)] };
}

function changeOf({ key, sequence, sum, hash }: Account): Output<LedgerOutput> {
  return { output: 'changes', key, value: { sequence, sum, hash } };
}

/** A number that depends on all its parts and their order (FNV-1a over words). */
function mix(hash: number, ...parts: readonly number[]): number {
  return parts.reduce((mixed, part) => Math.imul(mixed ^ (part + 1), 0x01000193) >>> 0, hash);
}
