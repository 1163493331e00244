import type { Filter } from '@bellwether/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentWith, type OpenStore, type StoreUnderTest } from './store-harness.ts';

const ROWS = {
  anna: { name: 'Anna', value: 10, atRisk: true, tags: ['msa', 'eu'], health: { value: 80, band: 'good' } },
  bert: { name: 'bert', value: 20, atRisk: false, tags: [], health: { value: null } },
  cleo: {
    name: 'Cleo',
    value: 30,
    tags: ['us'],
    alerts: [
      { rule: 'a', open: 1 },
      { rule: 'b', open: 0 },
    ],
  },
  dora: { name: 'Dörä.*', value: -5, tags: ['msa'], health: { value: 40, band: 'poor' } },
  emil: { name: 'Emil', value: 20.5, note: 'line one\nline two' },
};

/** Filters and the rows that pass them, as MongoDB answers. */
const CASES: readonly (readonly [title: string, filter: Filter, ids: readonly (keyof typeof ROWS)[]])[] = [
  ['nothing asked', {}, ['anna', 'bert', 'cleo', 'dora', 'emil']],
  ['equal', { name: 'Anna' }, ['anna']],
  ['$eq does not read operators out of text', { name: { $eq: '$ne' } }, []],
  ['two fields', { value: 20, atRisk: false }, ['bert']],
  ['$ne also passes what is absent', { atRisk: { $ne: true } }, ['bert', 'cleo', 'dora', 'emil']],
  ['a range', { value: { $gt: 10, $lte: 20.5 } }, ['bert', 'emil']],
  ['$gte and $lt', { value: { $gte: -5, $lt: 20 } }, ['anna', 'dora']],
  ['numbers do not compare with text', { name: { $gt: 0 } }, []],
  ['$in', { value: { $in: [10, 30, 99] } }, ['anna', 'cleo']],
  ['$nin', { value: { $nin: [10, 30] } }, ['bert', 'dora', 'emil']],
  ['null passes null and absent', { 'health.value': null }, ['bert', 'cleo', 'emil']],
  ['$exists', { health: { $exists: true } }, ['anna', 'bert', 'dora']],
  ['$exists false', { 'health.band': { $exists: false } }, ['bert', 'cleo', 'emil']],
  ['a nested field', { 'health.band': 'good' }, ['anna']],
  ['an element of a list', { tags: 'msa' }, ['anna', 'dora']],
  ['$all', { tags: { $all: ['msa', 'eu'] } }, ['anna']],
  ['$size', { tags: { $size: 0 } }, ['bert']],
  ['$elemMatch', { alerts: { $elemMatch: { rule: 'b', open: { $gt: 0 } } } }, []],
  ['$elemMatch that passes', { alerts: { $elemMatch: { rule: 'a', open: { $gt: 0 } } } }, ['cleo']],
  ['a field of the elements of a list', { 'alerts.rule': 'b' }, ['cleo']],
  ['$regex', { name: { $regex: '^[AC]' } }, ['anna', 'cleo']],
  ['$regex in any case', { name: { $regex: 'B', $options: 'i' } }, ['bert']],
  ['$regex with escaped characters', { name: { $regex: '\\.\\*$' } }, ['dora']],
  ['$and', { $and: [{ value: { $gt: 0 } }, { tags: 'msa' }] }, ['anna']],
  ['$or', { $or: [{ name: 'Anna' }, { value: { $lt: 0 } }] }, ['anna', 'dora']],
  ['$nor', { $nor: [{ value: { $gte: 20 } }, { name: 'Anna' }] }, ['dora']],
  ['$not', { value: { $not: { $gte: 20 } } }, ['anna', 'dora']],
  ['an absent field', { nothing: 'here' }, []],
];

/** The part of MongoDB's query language that projection may use. */
export function describeFiltering(open: OpenStore): void {
  describe('filters', () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await open();
      const documents = Object.entries(ROWS).map(([id, state]) => documentWith(id, { state }));
      await under.store.save(under.collection, documents, []);
    });
    afterEach(() => under.close());

    it.each(CASES)('%s', async (_, filter, ids) => {
      const { readModels, collection } = under;
      const rows = await readModels.find(collection, { group: 'tenant', filter, sort: [], limit: 100 });
      expect(rows.map(({ id }) => id)).toEqual(ids);
      expect(await readModels.count(collection, 'tenant', filter)).toBe(ids.length);
    });

    it.each([
      ['$where', { $where: 'true' }],
      ['$expr', { $expr: { $gt: ['$value', 1] } }],
      ['an operator that does not exist', { value: { $greater: 1 } }],
    ])('%s is refused: filters run no code and are alike everywhere', async (_, filter) => {
      const { readModels, collection } = under;
      await expect(
        readModels.find(collection, { group: 'tenant', filter, sort: [], limit: 100 }),
      ).rejects.toThrow();
      await expect(readModels.count(collection, 'tenant', filter)).rejects.toThrow();
    });
  });
}
