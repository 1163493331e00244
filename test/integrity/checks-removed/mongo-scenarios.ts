import type { KeyedStore } from '@bellwether/stream';
import {
  documentWith,
  nextVersion,
  testDatabase,
} from '../../../packages/mongo/src/test-support/test-database.ts';
import { promised } from './broken-promise.ts';

const CUSTOMERS = 'customers';

/** What the store promises where two processes write to one database. */
export const SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  'another process wrote one of the documents meanwhile': () =>
    withTwo(async ({ one: zombie, other: owner, stored }) => {
      const documents = [documentWith('a', { state: 'old' }), documentWith('b', { state: 'old' })] as const;
      await zombie.save(CUSTOMERS, documents, []);
      const written = nextVersion(documents[0], { state: 'by the owner' });
      promised('the next version is written', (await owner.save(CUSTOMERS, [written], [])) === 1);
      const late = documents.map((document) => nextVersion(document, { state: 'by the zombie' }));
      const count = await zombie.save(CUSTOMERS, late, []);
      promised('what another process wrote stays', (await stored('a')) === 'by the owner');
      promised('a save tells exactly how many documents it wrote', count === 1);
    }),

  'two processes make the same document': () =>
    withTwo(async ({ one, other, stored }) => {
      const first = await one.save(CUSTOMERS, [documentWith('a', { state: 1 })], []);
      promised('a new document is written', first === 1);
      const second = await other.save(CUSTOMERS, [documentWith('a', { state: 2 })], []);
      promised('what another process made stays', (await stored('a')) === 1);
      promised('a save tells exactly how many documents it made', second === 0);
    }),

  'a partition comes back': () =>
    withTwo(async ({ one, other }) => {
      const known = async () => (await one.load(CUSTOMERS, ['a'])).get('a')?.state;
      const first = documentWith('a', { state: 1 });
      await one.save(CUSTOMERS, [first], []);
      const second = nextVersion(first, { state: 2 });
      await other.save(CUSTOMERS, [second], []);
      one.forget(CUSTOMERS, 0);
      promised('what was in memory before a take-over counts no more', (await known()) === 2);
      await other.save(CUSTOMERS, [nextVersion(second, { state: 3 })], []);
      promised('a document of a partition that may be another’s is not kept', (await known()) === 3);
    }),
};

interface Two {
  readonly one: KeyedStore;
  readonly other: KeyedStore;
  /** The state of a document on the server. */
  stored(id: string): Promise<unknown>;
}

async function withTwo(play: (two: Two) => Promise<void>): Promise<void> {
  const database = testDatabase();
  try {
    const [one, other] = [await database.open(), await database.open()];
    const stored = (id: string) => one.readModels.get(CUSTOMERS, id);
    await play({ one: one.store, other: other.store, stored });
  } finally {
    await database.remove();
  }
}
