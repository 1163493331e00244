import type { DueQuery } from '@bellwether/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentWith, nextVersion, type OpenStore, type StoreUnderTest } from './store-harness.ts';

/** Finding documents by offset, by day and by rank. */
export function describeQueries(open: OpenStore): void {
  describe('finding', () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());
    const save = (...documents: readonly ReturnType<typeof documentWith>[]) =>
      under.store.save(under.collection, documents, []);

    it('the open range: documents of the partition applied at or after the offset, with what is pending', async () => {
      const { store, collection, otherCollection } = under;
      const pending = [
        { offset: 11, outcome: 'ok', outputs: [{ output: 'o', key: 'k', value: 1 }] },
      ] as const;
      await save(
        documentWith('before', { appliedOffset: 9 }),
        documentWith('at', { appliedOffset: 10 }),
        documentWith('after', { appliedOffset: 11, pending }),
        documentWith('elsewhere', { appliedOffset: 11, partition: 1 }),
        documentWith('never', { appliedOffset: -1 }),
      );
      await store.save(otherCollection, [documentWith('other', { appliedOffset: 12 })], []);
      const found = await store.loadOpen(collection, 0, 10);
      expect(found.map((document) => document.id).sort()).toEqual(['after', 'at']);
      expect(found.find((document) => document.id === 'after')?.pending).toEqual(pending);
      await save(nextVersion(documentWith('before', { appliedOffset: 12 })));
      expect(await store.loadOpen(collection, 0, 12)).toHaveLength(1);
      expect(await store.loadOpen(collection, 0, -1)).toHaveLength(4);
    });

    describeTop(() => under);
  });
  describeDue(open);
}

function describeDue(open: OpenStore): void {
  describe('finding what is due', () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());
    const day100: DueQuery = { group: 'tenant', slotFrom: 10, slotTo: 20, day: 100, contextVersion: 5 };
    const due = async (query: Partial<DueQuery> = {}, partition = 0) =>
      (await under.store.loadDue(under.collection, partition, { ...day100, ...query })).map(({ id }) => id);
    const customer = (id: string, index: object, partition = 0) =>
      documentWith(id, {
        partition,
        index: { group: 'tenant', slot: 15, dueDay: 101, contextVersion: 5, ...index },
      });

    it('is by day, up to and including the day', async () => {
      await under.store.save(
        under.collection,
        [
          customer('later', { dueDay: 101 }),
          customer('today', { dueDay: 100 }),
          customer('long ago', { dueDay: -50_000 }),
          customer('never', { dueDay: null }),
          documentWith('no day', { index: { group: 'tenant', slot: 15 } }),
        ],
        [],
      );
      expect(await due()).toEqual(['long ago', 'today']);
      expect(await due({ day: 101 })).toEqual(['later', 'long ago', 'today']);
    });

    it('or by an older context, each document once', async () => {
      await under.store.save(
        under.collection,
        [
          customer('older', { contextVersion: 4 }),
          customer('older and never', { contextVersion: 0, dueDay: null }),
          customer('older and today', { contextVersion: 3, dueDay: 100 }),
          customer('same', { contextVersion: 5 }),
          customer('newer', { contextVersion: 6 }),
        ],
        [],
      );
      expect(await due()).toEqual(['older', 'older and never', 'older and today']);
    });

    it.each([
      ['by day', { dueDay: 1 }],
      ['by context', { contextVersion: 1 }],
    ])('%s within the slots, both ends included, of the group and the partition', async (_, index) => {
      await under.store.save(
        under.collection,
        [
          ...[9, 10, 20, 21].map((slot) => customer(`slot ${slot}`, { slot, ...index })),
          customer('other group', { group: 'other', ...index }),
          customer('other partition', index, 1),
        ],
        [],
      );
      expect(await due()).toEqual(['slot 10', 'slot 20']);
      expect(await due({}, 1)).toEqual(['other partition']);
      expect(await due({ group: 'other' })).toEqual(['other group']);
      expect(await due({ slotFrom: 0, slotTo: 1023 })).toHaveLength(4);
    });

    it('follows every save and gives whole documents in the order of their ids', async () => {
      const ids = Array.from({ length: 1_200 }, (_, n) => `c${String(n * 7919 + 10_000)}`);
      const customers = ids.map((id) => customer(id, { dueDay: 100 }));
      await under.store.save(under.collection, customers, []);
      expect(await due()).toEqual([...ids].sort());
      const [first, second] = customers;
      if (first === undefined || second === undefined) throw new Error('no customers');
      const moved = nextVersion(first, { index: { ...first.index, dueDay: 200 } });
      const touched = nextVersion(second, { state: { touched: true } });
      await under.store.save(under.collection, [moved, touched], []);
      const found = await under.store.loadDue(under.collection, 0, day100);
      expect(found).toHaveLength(1_199);
      expect(found.find((document) => document.id === second.id)).toEqual(touched);
    });
  });
}

function describeTop(under: () => StoreUnderTest): void {
  const ranked = (id: string, rank: number | undefined, partition = 0) =>
    documentWith(id, { partition, index: { group: 'tenant', ...(rank === undefined ? {} : { rank }) } });
  const top = async (limit: number, group = 'tenant') =>
    (await under().store.top(under().collection, group, limit)).map(({ id }) => id);

  it('the greatest ranks of a group over all partitions, ties by id', async () => {
    await under().store.save(
      under().collection,
      [
        ranked('d', 5),
        ranked('b', 5, 1),
        ranked('c', 5),
        ranked('greatest', Number.MAX_SAFE_INTEGER, 1),
        ranked('second', Number.MAX_SAFE_INTEGER - 1),
        ranked('zero', 0),
        ranked('negative', -7.5),
        ranked('none', undefined),
        documentWith('stranger', { index: { group: 'other', rank: 9 } }),
      ],
      [],
    );
    expect(await top(4)).toEqual(['greatest', 'second', 'b', 'c']);
    expect(await top(100)).toEqual(['greatest', 'second', 'b', 'c', 'd', 'zero', 'negative']);
    expect(await top(0)).toEqual([]);
    expect(await top(5, 'other')).toEqual(['stranger']);
    expect(await top(5, 'nobody')).toEqual([]);
  });

  it('the ranks as they are after the last save', async () => {
    const { store, collection } = under();
    await store.save(collection, [ranked('a', 1), ranked('b', 2), ranked('c', 3)], []);
    await store.save(collection, [nextVersion(ranked('a', 9)), nextVersion(ranked('c', undefined))], []);
    expect(await top(5)).toEqual(['a', 'b']);
    expect((await store.top(collection, 'tenant', 1))[0]).toEqual(nextVersion(ranked('a', 9)));
  });
}
