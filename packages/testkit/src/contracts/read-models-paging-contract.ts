import type { FindQuery, FoundRow, ReadModels } from '@bellwether/stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentWith, type OpenStore } from './store-harness.ts';

type Sort = FindQuery['sort'];
interface Row {
  readonly value?: number | null;
  readonly name?: string;
  readonly scores: { readonly health?: number };
}

/** Orders and keyset pages. */
export function describePaging(open: OpenStore): void {
  describe('pages', () => {
    it.each<[title: string, sort: Sort, ids: readonly string[]]>([
      ['by id without a sort', [], ['a', 'b', 'c', 'd', 'e']],
      ['ascending, what is absent or null first', [['value', 1]], ['b', 'e', 'c', 'a', 'd']],
      ['descending, ids too', [['value', -1]], ['d', 'a', 'c', 'e', 'b']],
      [
        'by a nested field and then another way',
        [
          ['scores.health', -1],
          ['value', 1],
        ],
        ['c', 'd', 'e', 'b', 'a'],
      ],
      ['text by code point', [['name', 1]], ['e', 'b', 'a', 'c', 'd']],
    ])('are sorted %s', async (_, sort, ids) => {
      const { store, readModels, collection, close } = await open();
      const rows: Record<string, Row> = {
        a: { value: 5, name: 'Zoe', scores: { health: 1 } },
        b: { value: null, name: 'Anna', scores: { health: 1 } },
        c: { value: -1, name: 'anna', scores: { health: 7 } },
        d: { value: 5, name: 'zoe', scores: { health: 7 } },
        e: { scores: { health: 3 } },
      };
      const documents = Object.entries(rows).map(([id, state]) => documentWith(id, { state }));
      await store.save(collection, documents, []);
      const found = await readModels.find(collection, { group: 'tenant', sort, limit: 100 });
      expect(found.map(({ id }) => id)).toEqual(ids);
      await close();
    });

    it('follow each other without gap or repeat, whatever the sort, the filter and the size', async () => {
      const row = fc.record<Row>(
        {
          value: fc.option(fc.integer({ min: -3, max: 3 })),
          name: fc.constantFrom('', 'a', 'B', 'é'),
          scores: fc.record({ health: fc.integer({ min: 0, max: 2 }) }, { requiredKeys: [] }),
        },
        { requiredKeys: ['scores'] },
      );
      const cases = fc.record({
        states: fc.array(row, { maxLength: 40 }),
        paths: fc.uniqueArray(fc.constantFrom('value', 'name', 'scores.health'), { maxLength: 3 }),
        directions: fc.array(fc.constantFrom<1 | -1>(1, -1), { minLength: 3, maxLength: 3 }),
        limit: fc.integer({ min: 1, max: 9 }),
      });
      await fc.assert(
        fc.asyncProperty(cases, async ({ states, paths, directions, limit }) => {
          const { store, readModels, collection, close } = await open();
          const documents = states.map((state, n) => documentWith(`id${(n * 17) % 40}`, { state }));
          await store.save(collection, documents, []);
          const sort = paths.map((path, n) => [path, directions[n] ?? 1] as const);
          const query = { group: 'tenant', filter: { value: { $ne: 2 } }, sort };
          const whole = await readModels.find<Row>(collection, { ...query, limit: 1_000 });
          expect(await pagesOf(readModels, collection, { ...query, limit })).toEqual(whole);
          expect(whole).toHaveLength(states.filter((state) => state.value !== 2).length);
          await close();
        }),
        { numRuns: 40 },
      );
    });
  });
}

/** All rows, page by page, with positions that went through JSON as cursors do. */
async function pagesOf(
  readModels: ReadModels,
  collection: string,
  query: FindQuery,
): Promise<FoundRow<Row>[]> {
  const found: FoundRow<Row>[] = [];
  let after: FindQuery['after'];
  for (;;) {
    const page = await readModels.find<Row>(collection, {
      ...query,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined || found.length > 1_000) return found;
    const values = query.sort.map(([path]) => valueAt(last.state, path));
    after = JSON.parse(JSON.stringify({ values, id: last.id }));
  }
}

function valueAt(row: Row, path: string): unknown {
  return path === 'scores.health' ? row.scores.health : row[path === 'name' ? 'name' : 'value'];
}
