import { Crash, crashing, MemoryLog, MemoryStore, seededChance } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRunner,
  drain,
  type LoopLimits,
  type RunnerClock,
  StreamError,
  type Topology,
} from './index.ts';

/** A small topology that has everything: documents, a head, control records, duplicates, accounting, head decisions. */
type Value =
  | { kind: 'add'; tenant: string; key: string; id: number; amount: number }
  | { kind: 'day'; tenant: string; day: number };
interface Account {
  tenant: string;
  sum: number;
  sequence: number;
  seen: number[];
  dueDay: number;
}
interface Totals {
  day: number;
  sum: number;
  published: number;
}
type Out = 'changes' | 'totals' | 'accounting';

const bank: Topology<Value, Account, Totals, Out> = {
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

const clock: RunnerClock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };

const values = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('add' as const),
        tenant: fc.constantFrom('a', 'b'),
        key: fc.constantFrom('x', 'y', 'z'),
        id: fc.integer({ min: 0, max: 30 }),
        amount: fc.integer({ min: 0, max: 100 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('day' as const),
        tenant: fc.constantFrom('a', 'b'),
        day: fc.integer({ min: 1, max: 10 }),
      }),
    },
  ),
  { maxLength: 40 },
);

async function feed(input: readonly Value[]): Promise<MemoryLog> {
  const log = new MemoryLog();
  await log.append(input.map((value) => ({ topic: 'in', key: value.tenant, value })));
  return log;
}

function picture(log: MemoryLog, store: MemoryStore) {
  const perKey: Record<string, unknown[]> = {};
  for (const { key, value } of log.topic('changes')) {
    perKey[key] ??= [];
    perKey[key].push(value);
  }
  const accounting = new Map(log.topic('accounting').map(({ key, value }) => [key, value]));
  const totals = new Map(log.topic('totals').map(({ key, value }) => [key, value]));
  const states = store.documents('accounts').map(({ id, state }) => ({ id, state }));
  return { perKey, accounting, totals, states, history: store.entries('history').length };
}

async function undisturbed(input: readonly Value[], limits: Partial<LoopLimits>) {
  const log = await feed(input);
  const store = new MemoryStore();
  await drain([createRunner({ topology: bank, log, store, clock, limits })]);
  return picture(log, store);
}

describe('the processing loop', () => {
  it('gives the same state, changes and accounts at any batch size', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (input) => {
        const one = await undisturbed(input, { batchRecords: 1 });
        expect(await undisturbed(input, { batchRecords: 7 })).toEqual(one);
        expect(await undisturbed(input, { batchRecords: 2_000 })).toEqual(one);
      }),
    );
  });

  it('gives the same through crashes before, in and after every write (exactly-once T9)', async () => {
    let crashes = 0;
    await fc.assert(
      fc.asyncProperty(
        values,
        fc.integer(),
        fc.integer({ min: 1, max: 9 }),
        async (input, seed, batchRecords) => {
          const clean = await undisturbed(input, { batchRecords: 5 });
          const log = await feed(input);
          const store = new MemoryStore();
          const chance = seededChance(seed);
          for (let rate = 0.15; ; rate *= 0.98) {
            const faulty = crashing(log, store, { chance, rate });
            const limits = { batchRecords: 1 + Math.floor(chance() * batchRecords) };
            try {
              await drain([createRunner({ topology: bank, ...faulty, clock, limits })]);
              break;
            } catch (error) {
              if (!(error instanceof Crash)) throw error;
              crashes += 1;
            }
          }
          expect(picture(log, store)).toEqual(clean);
        },
      ),
      { numRuns: 400 },
    );
    expect(crashes).toBeGreaterThan(400);
  });

  it('counts every record of a tenant once: ok, duplicate or quarantined', async () => {
    const add = (id: number, amount: number): Value => ({ kind: 'add', tenant: 'a', key: 'x', id, amount });
    const { accounting } = await undisturbed([add(1, 5), add(1, 5), add(2, 0), add(3, 1)], {});
    expect([...accounting.values()]).toMatchObject([
      { tenant: 'a', tally: { ok: 2, duplicate: 1, quarantined: 1 } },
    ]);
  });

  it('reads every record once, however many control records cut its batches', async () => {
    const days = Array.from({ length: 60 }, (_, day): Value => ({ kind: 'day', tenant: 'a', day }));
    const log = await feed(days);
    let read = 0;
    const counted = {
      partitions: () => log.partitions(),
      endOffset: log.endOffset.bind(log),
      append: log.append.bind(log),
      openSession: log.openSession.bind(log),
      read: async (...[from, options]: Parameters<typeof log.read>) => {
        const records = await log.read(from, options);
        read += records.length;
        return records;
      },
    };
    await drain([createRunner({ topology: bank, log: counted, store: new MemoryStore(), clock })]);
    expect(read).toBe(days.length);
  });

  it('writes nothing more once a newer owner has taken the partition over', async () => {
    const log = await feed([{ kind: 'add', tenant: 'a', key: 'x', id: 1, amount: 5 }]);
    const store = new MemoryStore();
    const old = createRunner({ topology: bank, log, store, clock });
    await old.turn();
    await createRunner({ topology: bank, log, store, clock }).turn();
    await log.append([
      { topic: 'in', key: 'a', value: { kind: 'add', tenant: 'a', key: 'x', id: 2, amount: 5 } },
    ]);
    const newer = createRunner({ topology: bank, log, store, clock });
    await drain([newer]);
    const before = log.topic('changes').length;
    await expect(old.turn()).rejects.toMatchObject({ code: 'fenced' });
    expect(log.topic('changes')).toHaveLength(before);
  });

  it('refuses a log that ends before what was applied', async () => {
    const store = new MemoryStore();
    const log = await feed([{ kind: 'add', tenant: 'a', key: 'x', id: 1, amount: 5 }]);
    await drain([createRunner({ topology: bank, log, store, clock })]);
    const other = createRunner({ topology: bank, log: new MemoryLog(), store, clock });
    await expect(other.turn()).rejects.toThrow(/another log or has lost its end/);
  });

  it('names the record on which a step failed, and stops', async () => {
    const broken = {
      ...bank,
      step: () => {
        throw new TypeError('a fault of ours');
      },
    };
    const log = await feed([{ kind: 'add', tenant: 'a', key: 'x', id: 1, amount: 5 }]);
    const runner = createRunner({ topology: broken, log, store: new MemoryStore(), clock });
    const failure = await runner.run(new AbortController().signal).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StreamError);
    expect((failure as StreamError).message).toBe('bank failed on the record at in/0 offset 0');
  });
});
