import type { StoredDocument } from '@bellwether/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Durability } from './log-harness.ts';
import { describeFiltering } from './read-models-filters-contract.ts';
import { describePaging } from './read-models-paging-contract.ts';
import { documentWith, nextVersion, type OpenStore, type StoreUnderTest } from './store-harness.ts';

/** What every set of read models promises to projection: the same filters, orders and pages on every backend. */
export function readModelsContract(name: string, open: OpenStore, { durable }: Durability): void {
  describe(`read models: ${name}`, () => {
    describeCurrent(open);
    describeFiltering(open);
    describePaging(open);
    describeEntries(open);
    if (durable) describeReopening(open);
  });
}

function describeCurrent(open: OpenStore): void {
  describe('documents', () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());
    const save = (...documents: StoredDocument[]) => under.store.save(under.collection, documents, []);
    const names = async (group: string) =>
      (await under.readModels.find(under.collection, { group, sort: [], limit: 100 })).map(({ id }) => id);

    it('are read by id, in their newest state', async () => {
      const { readModels, collection } = under;
      expect(await readModels.get(collection, 'a')).toBeUndefined();
      await save(documentWith('a', { state: { name: 'first' } }));
      expect(await readModels.get(collection, 'a')).toEqual({ name: 'first' });
      await save(nextVersion(documentWith('a'), { state: { name: 'second' } }));
      expect(await readModels.get(collection, 'a')).toEqual({ name: 'second' });
      expect(await readModels.get(under.otherCollection, 'a')).toBeUndefined();
    });

    it('are found in their group, and follow every save', async () => {
      await save(documentWith('b'), documentWith('a'), documentWith('x', { index: { group: 'other' } }));
      await save(documentWith('ungrouped', { index: {} }));
      expect(await names('tenant')).toEqual(['a', 'b']);
      await save(documentWith('c'), nextVersion(documentWith('a', { index: { group: 'other' } })));
      expect(await names('tenant')).toEqual(['b', 'c']);
      expect(await names('other')).toEqual(['a', 'x']);
      expect(await names('nobody')).toEqual([]);
    });

    it('that were not written because of a conflict are not found', async () => {
      const { readModels, collection } = under;
      await save(documentWith('a', { state: 'stored' }));
      expect(await names('tenant')).toEqual(['a']);
      expect(await save(documentWith('a', { state: 'conflict' }))).toBe(0);
      const rows = await readModels.find(collection, { group: 'tenant', sort: [], limit: 5 });
      expect(rows).toEqual([{ id: 'a', state: 'stored' }]);
    });

    it('are counted, all or those that pass a filter', async () => {
      const { readModels, collection } = under;
      expect(await readModels.count(collection, 'tenant')).toBe(0);
      await save(...[1, 2, 3].map((value) => documentWith(`d${value}`, { state: { value } })));
      expect(await readModels.count(collection, 'tenant')).toBe(3);
      expect(await readModels.count(collection, 'tenant', {})).toBe(3);
      expect(await readModels.count(collection, 'tenant', { value: { $gte: 2 } })).toBe(2);
      expect(await readModels.count(collection, 'other')).toBe(0);
    });

    it('tell which groups there are', async () => {
      const { readModels, collection } = under;
      expect(await readModels.groups(collection)).toEqual([]);
      await save(documentWith('a'), documentWith('b'), documentWith('c', { index: { group: 'other' } }));
      await save(documentWith('ungrouped', { index: {} }));
      expect([...(await readModels.groups(collection))].sort()).toEqual(['other', 'tenant']);
      await save(nextVersion(documentWith('c')));
      expect(await readModels.groups(collection)).toEqual(['tenant']);
    });
  });
}

function describeEntries(open: OpenStore): void {
  it('entries are paged newest first, ties by id, without gap or repeat', async () => {
    const { store, readModels, collection, entries, close } = await open();
    const all = Array.from({ length: 60 }, (_, n) => ({
      collection: entries,
      id: `e${String((n * 37) % 60).padStart(2, '0')}`,
      group: n % 4 === 3 ? 'other' : 'group',
      order: Math.floor(n / 7) - 3,
      value: { n },
    }));
    await store.save(collection, [], all);
    const expected = all
      .filter((entry) => entry.group === 'group')
      .sort((a, b) => b.order - a.order || (a.id < b.id ? 1 : -1))
      .map(({ id, order, value }) => ({ id, order, value }));
    for (const limit of [1, 4, 100]) {
      const found: unknown[] = [];
      for (let before: { order: number; id: string } | undefined; ; ) {
        const page = await readModels.entries(entries, 'group', {
          limit,
          ...(before === undefined ? {} : { before }),
        });
        found.push(...page);
        const last = page.at(-1);
        if (last === undefined) break;
        before = { order: last.order, id: last.id };
      }
      expect(found).toEqual(expected);
    }
    expect(await readModels.entries(entries, 'nobody', { limit: 3 })).toEqual([]);
    await close();
  });
}

function describeReopening(open: OpenStore): void {
  it('documents and entries are found after closing and opening again', async () => {
    const { store, collection, entries, reopen, close } = await open();
    const one = documentWith('a', { state: { value: 1 } });
    const entry = { collection: entries, id: 'e', group: 'g', order: 1, value: [1] };
    await store.save(collection, [one, documentWith('b', { state: { value: 2 } })], [entry]);
    const again = await reopen();
    const two = { group: 'tenant', sort: [], limit: 5, filter: { value: 2 } };
    expect(await again.readModels.find(collection, two)).toEqual([{ id: 'b', state: { value: 2 } }]);
    expect(await again.readModels.entries(entries, 'g', { limit: 5 })).toEqual([
      { id: 'e', order: 1, value: [1] },
    ]);
    await again.store.save(collection, [nextVersion(one, { state: { value: 2 } })], []);
    expect(await again.readModels.find(collection, two)).toHaveLength(2);
    await close();
  });
}
