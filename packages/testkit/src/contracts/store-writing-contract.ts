import type { KeyedStore } from '@bellwether/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentWith, nextVersion, type OpenStore, type StoreUnderTest } from './store-harness.ts';

const WRITERS = 8;
const DOCUMENTS = 5;
const UPDATES_A_WRITER = 100;

/** Compare-and-set on `writeVersion` and entries that may be written again. */
export function describeWriting(open: OpenStore): void {
  describe('writing', () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());
    const stateOf = async (id: string) => (await under.store.load(under.collection, [id])).get(id)?.state;

    it('of a first version where there is a document is a conflict, not an error', async () => {
      const { store, collection } = under;
      expect(await store.save(collection, [documentWith('a', { state: 1 })], [])).toBe(1);
      expect(await store.save(collection, [documentWith('a', { state: 2 })], [])).toBe(0);
      expect(await stateOf('a')).toBe(1);
    });

    it('needs exactly the next version', async () => {
      const { store, collection } = under;
      await store.save(collection, [documentWith('a', { state: 1 })], []);
      for (const writeVersion of [1, 3, 4]) {
        expect(await store.save(collection, [documentWith('a', { writeVersion, state: 'wrong' })], [])).toBe(
          0,
        );
      }
      expect(await store.save(collection, [documentWith('none', { writeVersion: 2 })], [])).toBe(0);
      expect(await stateOf('a')).toBe(1);
      expect(await stateOf('none')).toBeUndefined();
      expect(await store.save(collection, [documentWith('a', { writeVersion: 2, state: 2 })], [])).toBe(1);
      expect(await stateOf('a')).toBe(2);
    });

    it('writes the others although one conflicts, and counts those written', async () => {
      const { store, collection } = under;
      await store.save(collection, [documentWith('b', { state: 'first' })], []);
      const batch = ['a', 'b', 'c'].map((id) => documentWith(id, { state: 'batch' }));
      expect(await store.save(collection, batch, [])).toBe(2);
      expect([await stateOf('a'), await stateOf('b'), await stateOf('c')]).toEqual([
        'batch',
        'first',
        'batch',
      ]);
      expect(await store.save(collection, [], [])).toBe(0);
    });

    it('takes hundreds of new and changed documents in one call', async () => {
      const { store, collection } = under;
      const ids = Array.from({ length: 700 }, (_, n) => `id-${n}`);
      const first = ids.slice(0, 400).map((id) => documentWith(id, { state: 1 }));
      expect(await store.save(collection, first, [])).toBe(400);
      const second = ids.map((id, n) => documentWith(id, { state: 2, writeVersion: n < 400 ? 2 : 1 }));
      expect(await store.save(collection, second, [])).toBe(700);
      const found = await store.load(collection, ids);
      expect([...found.values()].filter((document) => document.state === 2)).toHaveLength(700);
    });

    it(`loses no update of ${WRITERS} writers at once`, async () => {
      const stores = [under.store, (await under.openAnother?.()) ?? under.store];
      const ids = Array.from({ length: DOCUMENTS }, (_, n) => `counter-${n}`);
      await under.store.save(
        under.collection,
        ids.map((id) => documentWith(id, { state: { count: 0 } })),
        [],
      );
      const conflicts = await Promise.all(
        Array.from({ length: WRITERS }, (_, writer) =>
          incrementAll(stores[writer % 2] ?? under.store, { collection: under.collection, ids, writer }),
        ),
      );
      under.store.forget(under.collection, 0);
      const found = [...(await under.store.load(under.collection, ids)).values()];
      const counts = found.map((document) => (document.state as { count: number }).count);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(WRITERS * UPDATES_A_WRITER);
      expect(found.map((document) => document.writeVersion - 1)).toEqual(counts);
      // Without conflicts the writers would not have met, and the test would show nothing.
      expect(conflicts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    });

    it('of an entry that is there already changes nothing', async () => {
      const { store, readModels, collection, entries } = under;
      const entry = { collection: entries, id: 'source/0/7', group: 'a', order: 7, value: { first: true } };
      await store.save(collection, [], [entry, { ...entry, id: 'source/0/8', order: 8, value: null }]);
      await store.save(
        collection,
        [documentWith('a')],
        [entry, { ...entry, value: 'changed', order: 9, group: 'b' }],
      );
      expect(await readModels.entries(entries, 'a', { limit: 10 })).toEqual([
        { id: 'source/0/8', order: 8, value: null },
        { id: 'source/0/7', order: 7, value: { first: true } },
      ]);
      expect(await readModels.entries(entries, 'b', { limit: 10 })).toEqual([]);
    });

    it('of entries does not depend on the documents beside them', async () => {
      const { store, readModels, collection, entries } = under;
      await store.save(collection, [documentWith('a')], []);
      const entry = { collection: entries, id: 'e', group: 'g', order: 1, value: 1 };
      expect(await store.save(collection, [documentWith('a')], [entry])).toBe(0);
      expect(await readModels.entries(entries, 'g', { limit: 10 })).toHaveLength(1);
    });
  });
}

/** Adds 1 to one document after another; on a conflict reads again. Returns the number of conflicts. */
async function incrementAll(
  store: KeyedStore,
  work: { readonly collection: string; readonly ids: readonly string[]; readonly writer: number },
): Promise<number> {
  let conflicts = 0;
  for (let update = 0; update < UPDATES_A_WRITER; ) {
    const id = work.ids[(update + work.writer) % work.ids.length] ?? '';
    const document = (await store.load(work.collection, [id])).get(id);
    if (document === undefined) throw new Error(`${id} is gone`);
    const { count } = document.state as { count: number };
    const written = await store.save(
      work.collection,
      [nextVersion(document, { state: { count: count + 1 } })],
      [],
    );
    if (written === 1) {
      update += 1;
    } else {
      conflicts += 1;
      store.forget(work.collection, document.partition);
    }
  }
  return conflicts;
}
