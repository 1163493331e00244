import { Crash, crashing, MemoryLog, MemoryStore, seededChance } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptLog, createRunner, drain, type Topology } from './index.ts';
import {
  type Account,
  type BankOutput,
  type BankRecord,
  bank,
  changedLog,
  clock,
  deposit,
  type Totals,
} from './testing/bank.fixture.ts';

/** The bank, which also tells the balance of every account that something was told about. */
const telling: Topology<BankRecord, Account, Totals, BankOutput | 'balances'> = {
  ...bank,
  outputs: { ...bank.outputs, balances: 'balances' },
  alongside: ({ sequence, sum }, outputs) => {
    const last = outputs.findLast(({ key }) => key !== 'bad');
    return last ? [{ output: 'balances', key: last.key, value: { sequence, sum } }] : [];
  },
};

const dayOf = (day: number): BankRecord => ({ kind: 'day', tenant: 'a', day });

async function feed(log: MemoryLog, records: readonly BankRecord[]): Promise<void> {
  await log.append(records.map((value) => ({ topic: 'in', key: value.tenant, value })));
}

/** The greatest sequence told of each account. */
function newest(log: MemoryLog, topic: 'changes' | 'balances'): ReadonlyMap<string, number> {
  const told = log.topic(topic).filter(({ key }) => key !== 'bad');
  return new Map(told.map(({ key, value }) => [key, (value as { sequence: number }).sequence]));
}

function behind(log: MemoryLog): string[] {
  const balances = newest(log, 'balances');
  return [...newest(log, 'changes')].flatMap(([key, sequence]) => {
    const known = balances.get(key) ?? 0;
    return known < sequence ? [`${key} is told of up to ${sequence}, its balance up to ${known}`] : [];
  });
}

describe('what is published beside the outputs of a document', () => {
  it('is made once a batch, of the state at its end', async () => {
    const log = new MemoryLog();
    await feed(log, [deposit(1, 5), deposit(2, 7, 'y'), deposit(3, 9), dayOf(1), deposit(4, 1)]);
    await drain([createRunner({ topology: telling, log, store: new MemoryStore(), clock })]);
    expect(log.topic('balances').map(({ key, value }) => ({ key, value }))).toEqual([
      { key: 'a|x', value: { sequence: 2, sum: 14 } },
      { key: 'a|y', value: { sequence: 1, sum: 7 } },
      { key: 'a|day', value: { sequence: 3, sum: 7 } },
      { key: 'a|day', value: { sequence: 2, sum: 3 } },
      { key: 'a|x', value: { sequence: 4, sum: 8 } },
    ]);
  });

  it('is not made where the batch publishes nothing of it', async () => {
    const log = new MemoryLog();
    const store = new MemoryStore();
    await feed(log, [deposit(1, 5)]);
    await drain([createRunner({ topology: telling, log, store, clock })]);
    await feed(log, [deposit(1, 5), deposit(2, 0)]);
    await drain([createRunner({ topology: telling, log, store, clock })]);
    expect(log.topic('balances')).toHaveLength(1);
  });

  it('comes before the outputs themselves', async () => {
    const log = new MemoryLog();
    const topics: string[] = [];
    const seen = changedLog(log, {
      openSession: (owner) => {
        const session = log.openSession(owner);
        return {
          takeOver: () => session.takeOver(),
          publish: (outputs, offset) => {
            topics.push(...outputs.map(({ topic }) => topic));
            return session.publish(outputs, offset);
          },
          close: () => session.close(),
        };
      },
    });
    await feed(log, [deposit(1, 5)]);
    await drain([createRunner({ topology: telling, log: seen, store: new MemoryStore(), clock })]);
    expect(topics).toEqual(['balances', 'changes', 'totals', 'accounting']);
  });

  it('is never behind what is told, through crashes before, in and after every write', async () => {
    const deposits = fc.record({ key: fc.constantFrom('x', 'y'), amount: fc.nat(9) });
    const inputs = fc.array(fc.oneof({ weight: 6, arbitrary: deposits }, fc.constant('day' as const)), {
      maxLength: 30,
    });
    let crashes = 0;
    await fc.assert(
      fc.asyncProperty(inputs, fc.integer(), async (input, seed) => {
        const log = new MemoryLog();
        const store = new MemoryStore();
        await feed(
          log,
          input.map((each, id) => (each === 'day' ? dayOf(id) : deposit(id, each.amount, each.key))),
        );
        const chance = seededChance(seed);
        for (let rate = 0.2; ; rate *= 0.98) {
          const limits = { batchRecords: 1 + Math.floor(chance() * 9) };
          const runner = createRunner({
            topology: telling,
            ...crashing(log, store, { chance, rate }),
            clock,
            limits,
          });
          try {
            while ((await runner.turn()) > 0) expect(behind(log)).toEqual([]);
            break;
          } catch (error) {
            if (!(error instanceof Crash)) throw error;
            crashes += 1;
            expect(behind(log)).toEqual([]);
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(crashes).toBeGreaterThan(200);
  });

  it('goes with outputs that are published when a new log is accepted', async () => {
    const old = new MemoryLog();
    const store = new MemoryStore();
    await feed(old, [deposit(1, 5), deposit(2, 7)]);
    const lost = changedLog(old, {
      openSession: (owner) => ({
        ...old.openSession(owner),
        publish: () => Promise.reject(new Crash('before publish')),
      }),
    });
    await expect(createRunner({ topology: telling, log: lost, store, clock }).turn()).rejects.toThrow(Crash);
    const anew = new MemoryLog();
    await acceptLog({ topology: telling, log: anew, store });
    expect(newest(anew, 'changes')).toEqual(new Map([['a|x', 2]]));
    expect(anew.topic('balances').map(({ value }) => value)).toEqual([{ sequence: 2, sum: 12 }]);
  });
});
