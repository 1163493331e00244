import { createServer } from 'node:net';
import type { DocumentIndex } from '@bellwether/stream';
import { testServers } from '@bellwether/testkit/servers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DOCUMENT_INDEXES, ENTRY_INDEXES, FIRST_INDEX } from './indexes.ts';
import { openMongo } from './open-mongo.ts';
import { documentWith, type TestDatabase, testDatabase } from './test-support/test-database.ts';

describe('a server that cannot be used', () => {
  it('is told of in one sentence that names its host and no password', async () => {
    const port = await unusedPort();
    const uri = `mongodb://user:secret@127.0.0.1:${port}/?serverSelectionTimeoutMS=100`;
    const error = await openMongo({ uri, database: 'bellwether' }).catch((failure: unknown) => failure);
    expect(error).toMatchObject({
      name: 'StreamError',
      code: 'unavailable',
      message: expect.stringMatching(
        new RegExp(`^MongoDB at 127\\.0\\.0\\.1:${port} cannot be reached: [^\\n]*ECONNREFUSED[^\\n]*\\.$`),
      ),
    });
    expect(String(error)).not.toContain('secret');
  });

  it.each([
    'db.example.org:27017',
    'mongodb://',
    'mongodb://user:se cret@/x',
    'mongodb://user:secret@a/?retryReads=secret',
  ])('is told of before anything is sent where the URI is none: %s', async (uri) => {
    const error = await openMongo({ uri, database: 'bellwether' }).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: 'StreamError', code: 'refused' });
    expect(String(error)).not.toMatch(/se ?cret/);
  });
});

describe.skipIf(testServers.missing !== undefined)('an open database', () => {
  let database: TestDatabase;
  beforeEach(() => {
    database = testDatabase();
  });
  afterEach(() => database.remove());

  it('answers until it is closed, and is unavailable then', async () => {
    const { store, readModels, ping, close } = await database.open();
    await ping();
    await store.save('customers', [documentWith('a')], []);
    await close();
    store.forget('customers', 0);
    const entry = { collection: 'history', id: 'e', group: 'g', order: 0, value: 0 };
    for (const call of [
      ping(),
      store.load('customers', ['a']),
      store.save('customers', [documentWith('b')], []),
      store.save('customers', [], [entry]),
      readModels.get('customers', 'a'),
      readModels.groups('customers'),
    ]) {
      await expect(call).rejects.toMatchObject({ name: 'StreamError', code: 'unavailable' });
    }
  });

  it('makes collections with their indexes when they are first needed, by whomever and how often', async () => {
    const processes = await Promise.all([database.open(), database.open(), database.open()]);
    const entry = { collection: 'history', id: 'e', group: 'g', order: 0, value: 0 };
    const save = (name: string, index: DocumentIndex) =>
      Promise.all(
        processes.flatMap(({ store }, n) =>
          [0, 1].map((m) => store.save('customers', [documentWith(`${name}${n}${m}`, { index })], [entry])),
        ),
      );
    expect(await save('bare', {})).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await indexesOf(database, 'customers')).toEqual(described([FIRST_INDEX]));
    expect(await indexesOf(database, 'history')).toEqual(described(ENTRY_INDEXES));
    const all = { group: 'tenant', slot: 1, dueDay: null, contextVersion: 1, rank: 1 };
    expect(await save('full', all)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await indexesOf(database, 'customers')).toEqual(described(DOCUMENT_INDEXES));
  });

  it('has indexes for what is asked', async () => {
    const { store } = await database.open();
    await store.save('customers', [documentWith('a', { index: { group: 'g', dueDay: 1, rank: 1 } })], []);
    const customers = database.plain.collection('customers');
    const plan = JSON.stringify(await customers.find({ partition: 0, appliedOffset: { $gte: 0 } }).explain());
    expect(plan).toContain('"indexName":"open"');
  });

  it.each(['', 'Customers', 'a.b', '$cmd', 'system.users', 'x'.repeat(101), 'a b'])(
    'refuses "%s" as the name of a collection',
    async (name) => {
      const { store, readModels } = await database.open();
      for (const call of [
        store.load(name, ['a']),
        store.save(name, [documentWith('a')], []),
        readModels.entries(name, 'g', { limit: 1 }),
      ]) {
        await expect(call).rejects.toMatchObject({ code: 'refused' });
      }
    },
  );

  it('keeps documents and entries apart', async () => {
    const { store, readModels } = await database.open();
    await store.save('customers', [documentWith('a')], []);
    await expect(readModels.entries('customers', 'g', { limit: 1 })).rejects.toMatchObject({
      code: 'refused',
      message: '"customers" is a collection of documents.',
    });
  });

  it.each(['', 'a.b', 'a b', '$x', 'x'.repeat(64)])('is refused under the name "%s"', async (name) => {
    await expect(database.open({ database: name })).rejects.toMatchObject({ code: 'refused' });
  });
});

async function indexesOf({ plain }: TestDatabase, collection: string): Promise<unknown[]> {
  const indexes = await plain.collection(collection).indexes();
  return indexes
    .filter(({ name }) => name !== '_id_')
    .map(({ v: _, ...index }) => index)
    .sort(byName);
}

function described(indexes: typeof DOCUMENT_INDEXES): unknown[] {
  return [...indexes].sort(byName);
}

function byName(one: { readonly name?: string }, other: { readonly name?: string }): number {
  return (one.name ?? '') < (other.name ?? '') ? -1 : 1;
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
