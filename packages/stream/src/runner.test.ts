import { Crash, crashing, MemoryLog, MemoryStore, seededChance } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRunner, drain, type LoopLimits, StreamError } from './index.ts';
import { type BankRecord, bank, changedLog, clock } from './testing/bank.fixture.ts';

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

async function feed(input: readonly BankRecord[]): Promise<MemoryLog> {
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

async function undisturbed(input: readonly BankRecord[], limits: Partial<LoopLimits>) {
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
    const add = (id: number, amount: number): BankRecord => ({
      kind: 'add',
      tenant: 'a',
      key: 'x',
      id,
      amount,
    });
    const { accounting } = await undisturbed([add(1, 5), add(1, 5), add(2, 0), add(3, 1)], {});
    expect([...accounting.values()]).toMatchObject([
      { tenant: 'a', tally: { ok: 2, duplicate: 1, quarantined: 1 } },
    ]);
  });

  it('reads every record once, however many control records cut its batches', async () => {
    const days = Array.from({ length: 60 }, (_, day): BankRecord => ({ kind: 'day', tenant: 'a', day }));
    const log = await feed(days);
    let read = 0;
    const counted = changedLog(log, {
      read: async (from, options) => {
        const records = await log.read(from, options);
        read += records.length;
        return records;
      },
    });
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
