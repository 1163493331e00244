import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { describe, expect, it } from 'vitest';
import { createRunner, drain, type StepInput, type Topology } from './index.ts';
import {
  type Account,
  type BankOutput,
  type BankRecord,
  bank,
  clock,
  deposit,
  type Totals,
} from './testing/bank.fixture.ts';

/** Fails on deposits of 13, and sets them aside. */
const fragile: Topology<BankRecord, Account, Totals, BankOutput> = {
  ...bank,
  step: (input: StepInput<BankRecord, Account, Totals>) => {
    const { value } = input.record;
    if (value.kind === 'add' && value.amount === 13) throw new TypeError('thirteen');
    return bank.step(input);
  },
  deadLetter: (record, error) => ({
    output: 'changes',
    key: 'dead',
    value: { offset: record.offset, reason: error.message },
  }),
};

async function worked(records: readonly BankRecord[], batchRecords: number) {
  const log = new MemoryLog();
  const store = new MemoryStore();
  await log.append(records.map((value) => ({ topic: 'in', key: value.tenant, value })));
  const runner = createRunner({ topology: fragile, log, store, clock, limits: { batchRecords } });
  const outcome = drain([runner]);
  return { log, store, outcome };
}

describe('a record on which a step fails', () => {
  it('is set aside with its place and reason, holds up nobody and is counted', async () => {
    const { log, store, outcome } = await worked([deposit(1), deposit(2, 13), deposit(3)], 2);
    await outcome;
    expect(store.documents('accounts')).toMatchObject([{ state: { sum: 2, sequence: 2 } }]);
    expect(log.topic('changes').filter(({ key }) => key === 'dead')).toMatchObject([
      { value: { offset: 1, reason: 'thirteen' } },
    ]);
    expect(log.topic('accounting').at(-1)?.value).toMatchObject({ tally: { ok: 2, quarantined: 1 } });
  });

  it.each([1, 7, 100])(
    'stops the partition when it is one of a run (batches of %i)',
    async (batchRecords) => {
      const failing = Array.from({ length: 30 }, (_, id) => deposit(id + 1, 13));
      const { log, outcome } = await worked([deposit(0), ...failing, deposit(99)], batchRecords);
      await expect(outcome).rejects.toMatchObject({
        code: 'step-failed',
        message: expect.stringMatching(/21 records in a row failed, the last one at in\/0 offset 21/),
      });
      // What came before the fatal batch is public, nothing after it: nothing is lost.
      expect(log.topic('changes').filter(({ key }) => key === 'dead').length).toBeLessThanOrEqual(20);
    },
  );

  it('keeps a partition stopped that is tried again before the fault is mended, and sets no more aside', async () => {
    const log = new MemoryLog();
    const runner = createRunner({ topology: fragile, log, store: new MemoryStore(), clock });
    const turns = async (count: number, firstId: number) => {
      const values = Array.from({ length: count }, (_, id) => deposit(firstId + id, 13));
      await log.append(values.map((value) => ({ topic: 'in', key: value.tenant, value })));
      return await drain([runner]);
    };
    const dead = () => log.topic('changes').filter(({ key }) => key === 'dead').length;
    await turns(15, 0);
    await expect(turns(15, 100)).rejects.toThrow(/in a row/);
    await expect(drain([runner])).rejects.toThrow(/in a row/);
    await expect(drain([runner])).rejects.toThrow(/in a row/);
    expect(dead()).toBe(15);
  });
});
