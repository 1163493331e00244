import { createRunner, type KeyedStore, type Log, type Runner } from '@bellwether/stream';
import { openTestKafka, readAll } from '../../../packages/kafka/src/test-support.ts';
import { testDatabase } from '../../../packages/mongo/src/test-support/test-database.ts';
import {
  type Account,
  bank,
  changedLog,
  clock,
  deposit,
} from '../../../packages/stream/src/testing/bank.fixture.ts';
import { isSame, outcomeOf, promised } from './broken-promise.ts';

const TOPIC = { partitions: 1, cleanup: 'keep' } as const;
const TOPICS = { in: TOPIC, changes: TOPIC, totals: TOPIC, accounting: TOPIC };

/** Two processes with the whole loop on a real log and a real store: one stands still while the other takes over. */
export const SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  'a zombie is about to save (T6 in small)': () =>
    withTwo(async ({ zombie, owner, append, sequences, sum }) => {
      await append(1, 2);
      await zombie.runner.turn();
      await append(3, 4);
      const standing = zombie.standStill('save');
      const turning = outcomeOf(zombie.runner.turn());
      await standing.reached;
      await owner.runner.turn();
      await append(5);
      await owner.runner.turn();
      standing.goOn();
      const outcome = await turning;
      promised('a zombie writes nothing', (await sum()) === 5);
      promised('a zombie is told', outcome === 'fenced');
      await append(6);
      promised('who was fenced can be the owner again', (await outcomeOf(zombie.runner.turn())) === 'done');
      promised('no deposit is lost', (await sum()) === 6);
      promised('no change is lost or repeated', isSame(await sequences(), [1, 2, 3, 4, 5, 6]));
    }),

  'a zombie is about to publish (T7 in small)': () =>
    withTwo(async ({ zombie, owner, append, sequences }) => {
      await append(1);
      await zombie.runner.turn();
      await append(2);
      const standing = zombie.standStill('publish');
      const turning = outcomeOf(zombie.runner.turn());
      await standing.reached;
      await owner.runner.turn();
      standing.goOn();
      const outcome = await turning;
      promised('a zombie publishes nothing', isSame(await sequences(), [1, 2]));
      promised('a zombie is told', outcome === 'fenced');
    }),
};

interface Worker {
  readonly runner: Runner;
  standStill(at: 'save' | 'publish'): { readonly reached: Promise<void>; readonly goOn: () => void };
}
interface Both {
  readonly zombie: Worker;
  readonly owner: Worker;
  append(...ids: readonly number[]): Promise<void>;
  /** The sequences of all changes that a reader of committed records sees. */
  sequences(): Promise<readonly number[]>;
  /** What all deposits come to, as it is stored. */
  sum(): Promise<number | undefined>;
}

async function withTwo(play: (both: Both) => Promise<void>): Promise<void> {
  const kafka = await openTestKafka({ topics: TOPICS });
  const database = testDatabase();
  try {
    const workers = [];
    for (let n = 0; n < 2; n += 1) {
      const [{ log }, { store }] = [await kafka.another(), await database.open()];
      workers.push(workerOf(log, store));
    }
    const [zombie, owner] = workers;
    if (!zombie || !owner) throw new RangeError('two workers are needed');
    const { readModels } = await database.open();
    const append = (...ids: readonly number[]) =>
      kafka.log.append(ids.map((id) => ({ topic: 'in', key: 'x', value: deposit(id) })));
    const sequences = async () =>
      (await readAll(kafka.log, 'changes')).map((value) => (value as Account).sequence);
    const sum = async () => (await readModels.get<Account>('accounts', 'a|x'))?.sum;
    await play({ zombie, owner, append, sequences, sum });
  } finally {
    await database.remove();
    await kafka.close();
  }
}

function workerOf(log: Log, store: KeyedStore): Worker {
  let standing: { readonly at: 'save' | 'publish'; reach(): Promise<void> } | undefined;
  const pass = async (point: 'save' | 'publish'): Promise<void> => {
    if (standing?.at !== point) return;
    const { reach } = standing;
    standing = undefined;
    await reach();
  };
  const heldStore: KeyedStore = {
    load: (collection, ids) => store.load(collection, ids),
    loadOpen: (collection, partition, offset) => store.loadOpen(collection, partition, offset),
    loadDue: (collection, partition, due) => store.loadDue(collection, partition, due),
    top: (collection, group, limit) => store.top(collection, group, limit),
    forget: (collection, partition) => store.forget(collection, partition),
    save: async (collection, documents, entries) => {
      if (collection === bank.collection) await pass('save');
      return await store.save(collection, documents, entries);
    },
  };
  const heldLog = changedLog(log, {
    openSession: (owner) => {
      const session = log.openSession(owner);
      return {
        takeOver: () => session.takeOver(),
        close: () => session.close(),
        publish: async (outputs, commitOffset) => {
          await pass('publish');
          await session.publish(outputs, commitOffset);
        },
      };
    },
  });
  return {
    runner: createRunner({ topology: bank, log: heldLog, store: heldStore, clock }),
    standStill: (at) => {
      const reached = Promise.withResolvers<void>();
      const open = Promise.withResolvers<void>();
      const reach = (): Promise<void> => {
        reached.resolve();
        return open.promise;
      };
      standing = { at, reach };
      return { reached: reached.promise, goOn: () => open.resolve() };
    },
  };
}
