import type { KeyedStore } from '@bellwether/stream';
import { testServers } from '@bellwether/testkit/servers';
import { BSON } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentWith, nextVersion, type TestDatabase, testDatabase } from '../test-support/test-database.ts';

describe.skipIf(testServers.missing !== undefined)('two processes over one database', () => {
  let database: TestDatabase;
  beforeEach(() => {
    database = testDatabase();
  });
  afterEach(() => database.remove());
  const stateOf = async (store: KeyedStore, id = 'a') => (await store.load('customers', [id])).get(id)?.state;

  it('see what the other saved, whatever they have read before', async () => {
    const [owner, other] = [await database.open(), await database.open()];
    let document = documentWith('a', { state: 0 });
    for (let state = 0; state < 3; state += 1) {
      expect(await owner.store.save('customers', [document], [])).toBe(1);
      expect(await stateOf(owner.store)).toBe(state);
      // Asked twice: what the first answer taught it must not be kept.
      for (let time = 0; time < 2; time += 1) {
        expect(await stateOf(other.store)).toBe(state);
        expect(await other.readModels.get('customers', 'a')).toBe(state);
        expect((await other.store.loadOpen('customers', 0, 0)).map((found) => found.state)).toEqual([state]);
      }
      document = nextVersion(document, { state: state + 1 });
    }
  });

  it('one takes over from the other: what it knew of the partition before counts no more', async () => {
    const [first, second] = [await database.open(), await database.open()];
    const one = documentWith('a', { state: 'by the first' });
    await first.store.save('customers', [one, documentWith('b')], []);
    const two = nextVersion(one, { state: 'by the second' });
    expect(await second.store.save('customers', [two], [])).toBe(1);
    // The first is still going: its next save meets the guard, and it is told.
    expect(await stateOf(first.store)).toBe('by the first');
    expect(await first.store.save('customers', [nextVersion(one, { state: 'late' })], [])).toBe(0);
    expect(await stateOf(first.store)).toBe('by the second');
    first.store.forget('customers', 0);
    expect(await first.store.save('customers', [nextVersion(two, { state: 'back' })], [])).toBe(1);
    expect(await stateOf(first.store)).toBe('back');
  });

  it('read models never answer from what a store has in memory', async () => {
    const mongo = await database.open();
    const document = documentWith('a', { state: { value: 1 }, index: { group: 'tenant', rank: 1 } });
    await mongo.store.save('customers', [document], []);
    await database.plain
      .collection<{ _id: string }>('customers')
      .updateOne({ _id: 'a' }, { $set: { 'state.value': 2 } });
    expect(await stateOf(mongo.store)).toEqual({ value: 1 });
    expect(await mongo.readModels.get('customers', 'a')).toEqual({ value: 2 });
    expect(await mongo.readModels.find('customers', { group: 'tenant', sort: [], limit: 1 })).toEqual([
      { id: 'a', state: { value: 2 } },
    ]);
    expect((await mongo.store.top('customers', 'tenant', 1))[0]?.state).toEqual({ value: 2 });
  });

  it('cached documents stay within their bytes', async () => {
    const mongo = await database.open({ cacheBytes: 10_000 });
    const documents = Array.from({ length: 20 }, (_, n) =>
      documentWith(`d${n}`, { state: { text: 'x'.repeat(1_000) } }),
    );
    await mongo.store.save('customers', documents, []);
    await database.plain.collection('customers').updateMany({}, { $set: { state: 'from the server' } });
    const ids = documents.map(({ id }) => id);
    const states = [...(await mongo.store.load('customers', ids)).values()].map(({ state }) => state);
    expect(states.filter((state) => state !== 'from the server').length).toBeGreaterThan(0);
    expect(states.filter((state) => state === 'from the server').length).toBeGreaterThan(10);
  });
});

describe.skipIf(testServers.missing !== undefined)('states on the server', () => {
  let database: TestDatabase;
  beforeEach(() => {
    database = testDatabase();
  });
  afterEach(() => database.remove());

  it('are plain BSON that people can query, numbers in the driver’s own types', async () => {
    const { store } = await database.open();
    const state = { customer: { valueMinor: 2 ** 53 - 1, day: 20_000 }, 'dotted.name': -0.5 };
    await store.save('customers', [documentWith('a', { state })], []);
    const stored = await database.plain
      .collection('customers')
      .findOne({ 'state.customer.day': { $gte: 20_000 } }, { promoteValues: false });
    expect(stored?.state).toEqual({
      customer: { valueMinor: new BSON.Double(2 ** 53 - 1), day: new BSON.Int32(20_000) },
      'dotted.name': new BSON.Double(-0.5),
    });
    expect(Object.keys(stored ?? {})).toEqual([
      '_id',
      'partition',
      'writeVersion',
      'appliedOffset',
      'pending',
      'index',
      'state',
    ]);
  });

  it('come back byte for byte, inserted and replaced, with names that BSON or the server do not keep', async () => {
    const { store, readModels } = await database.open();
    const odd = Object.fromEntries(
      [
        '$set',
        '$ref',
        '$id',
        '~',
        '',
        '.',
        'a.b',
        'nul\0',
        '_bsontype',
        'constructor',
        'toString',
        '__proto__',
        '\ud800',
        '10',
        '9',
      ].map((name) => [name, { [name]: ['\udfff', -0, 2 ** 31, -(2 ** 31) - 1, 5e-324, name] }]),
    );
    let deep: unknown = 1;
    for (let level = 0; level < 200; level += 1) deep = [deep];
    const one = documentWith('a', { state: { odd, deep } });
    const entry = { collection: 'history', id: 'e', group: 'g', order: 1, value: odd };
    await store.save('customers', [one], [entry]);
    const two = nextVersion(one, { state: [odd], pending: [{ offset: 0, outcome: 'ok', outputs: [] }] });
    for (const document of [one, two]) {
      if (document === two) await store.save('customers', [two], []);
      store.forget('customers', 0);
      expect(JSON.stringify((await store.load('customers', ['a'])).get('a'))).toBe(JSON.stringify(document));
      expect(JSON.stringify(await readModels.get('customers', 'a'))).toBe(JSON.stringify(document.state));
    }
    const [stored] = await readModels.entries('history', 'g', { limit: 1 });
    expect(JSON.stringify(stored?.value)).toBe(JSON.stringify(odd));
  });

  it('of more than 16 MiB are refused with a sentence, and others beside them are not lost sight of', async () => {
    const { store } = await database.open();
    const large = (mebibytes: number) => documentWith('large', { state: 'x'.repeat(mebibytes * 2 ** 20) });
    for (const mebibytes of [16, 18, 40]) {
      await expect(store.save('customers', [documentWith('a'), large(mebibytes)], [])).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringMatching(/^MongoDB at \S+ keeps no document larger than 16 MiB\.$/),
      });
    }
    expect(await store.save('customers', [large(15)], [])).toBe(1);
  });
});
