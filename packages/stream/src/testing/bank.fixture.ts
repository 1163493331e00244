import type { Log, RunnerClock, Topology } from '../index.ts';

/** A small topology that has everything: documents, a head, control records, duplicates, accounting, head decisions. */
export type BankRecord =
  | { kind: 'add'; tenant: string; key: string; id: number; amount: number }
  | { kind: 'day'; tenant: string; day: number };
export interface Account {
  tenant: string;
  sum: number;
  sequence: number;
  seen: number[];
  dueDay: number;
}
export interface Totals {
  day: number;
  sum: number;
  published: number;
}
export type BankOutput = 'changes' | 'totals' | 'accounting';

export const bank: Topology<BankRecord, Account, Totals, BankOutput> = {
  name: 'bank',
  input: 'in',
  outputs: { changes: 'changes', totals: 'totals', accounting: 'accounting' },
  collection: 'accounts',
  accounting: 'accounting',
  tenantOf: (value) => (value.kind === 'add' ? value.tenant : undefined),
  isControl: (value) => value.kind === 'day',
  keyOf: ({ value }) => (value.kind === 'add' ? `${value.tenant}|${value.key}` : undefined),
  headKeyOf: (value) => value.tenant,
  initialHead: () => ({ day: 0, sum: 0, published: 0 }),
  evolveHead: (head, { value }) => {
    if (value.kind === 'add') return { ...head, sum: head.sum + value.amount };
    return value.day > head.day ? { ...head, day: value.day } : head;
  },
  dueOf: (head, value) =>
    value.kind === 'day'
      ? { group: value.tenant, slotFrom: 0, slotTo: 0, day: head.day, contextVersion: 0 }
      : undefined,
  step: ({ record: { value }, state, head }) => {
    if (value.kind === 'day') {
      if (!state) return { kind: 'ok', state: undefined, outputs: [] };
      const next = {
        ...state,
        sum: Math.trunc(state.sum / 2),
        sequence: state.sequence + 1,
        dueDay: head.day + 2,
      };
      return { kind: 'ok', state: next, outputs: [changeOf('day', next)] };
    }
    if (state?.seen.includes(value.id)) return { kind: 'duplicate' };
    if (value.amount === 0)
      return { kind: 'quarantined', outputs: [{ output: 'changes', key: 'bad', value: value.id }] };
    const before = state ?? { tenant: value.tenant, sum: 0, sequence: 0, seen: [], dueDay: 1 };
    const next = {
      ...before,
      sum: before.sum + value.amount,
      sequence: before.sequence + 1,
      seen: [...before.seen, value.id],
    };
    return {
      kind: 'ok',
      state: next,
      outputs: [changeOf(value.key, next)],
      entries: [
        { collection: 'history', id: `${value.key}-${next.sequence}`, group: value.key, order: 0, value: 1 },
      ],
    };
  },
  indexOf: (state) => ({ group: state.tenant, slot: 0, dueDay: state.dueDay }),
  decideHead: async (head, key) => ({
    head: { ...head, published: head.sum },
    outputs: [{ output: 'totals', key, value: head.sum }],
  }),
};

function changeOf(key: string, { sequence, sum, tenant }: Account) {
  return { output: 'changes' as const, key: `${tenant}|${key}`, value: { sequence, sum, tenant } };
}

/** Time stands still and no pause takes any. */
export const clock: RunnerClock = {
  nowMs: () => 0,
  sleep: () => Promise.resolve(),
  rest: () => Promise.resolve(),
};

/** A deposit of tenant `a`. */
export function deposit(id: number, amount = 1, key = 'x'): BankRecord {
  return { kind: 'add', tenant: 'a', key, id, amount };
}

/** A log as it looks after something happened to it. */
export function changedLog(log: Log, changes: Partial<Log>): Log {
  return {
    id: log.id,
    partitions: (topic) => log.partitions(topic),
    read: (from, options) => log.read(from, options),
    startOffset: (topic, partition) => log.startOffset(topic, partition),
    endOffset: (topic, partition) => log.endOffset(topic, partition),
    append: (records) => log.append(records),
    openSession: (owner) => log.openSession(owner),
    join: (member, signal) => log.join(member, signal),
    ...changes,
  };
}
