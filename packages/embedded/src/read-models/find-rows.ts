import type { FindQuery, FoundRow } from '@bellwether/stream';
import { compareValues, readerOf } from './compare-values.ts';
import { matcherOf } from './matcher.ts';
import { TopRows } from './top-rows.ts';

interface Candidate {
  readonly id: string;
  readonly values: readonly unknown[];
  readonly state: unknown;
}
type Position = Omit<Candidate, 'state'>;

/** Filters the rows, leaves out those up to the position `after` and gives the first `limit` of the rest in order. */
export function findRows(
  rows: Iterable<readonly [id: string, state: unknown]>,
  query: FindQuery,
): FoundRow[] {
  if (query.limit < 1) return [];
  const matches = matcherOf(query.filter);
  const readers = query.sort.map(([path]) => readerOf(path));
  const comparePositions = orderOf(query.sort);
  const top = new TopRows<Candidate>(query.limit, comparePositions);
  for (const [id, state] of rows) {
    if (!matches(state)) continue;
    const candidate = { id, values: readers.map((read) => read(state)), state };
    if (query.after === undefined || comparePositions(candidate, query.after) > 0) top.add(candidate);
  }
  return top.rows().map(({ id, state }) => ({ id, state }));
}

/** Number of rows that pass the filter. */
export function countRows(
  rows: Iterable<readonly [id: string, state: unknown]>,
  filter: FindQuery['filter'],
): number {
  const matches = matcherOf(filter);
  let count = 0;
  for (const [, state] of rows) if (matches(state)) count += 1;
  return count;
}

/** By the fields in turn; the id breaks ties in the direction of the last field. */
function orderOf(sort: FindQuery['sort']): (a: Position, b: Position) => number {
  const directions = sort.map(([, direction]) => direction);
  const idDirection = directions.at(-1) ?? 1;
  return (a, b) => {
    for (let field = 0; field < directions.length; field += 1) {
      const order = compareValues(a.values[field], b.values[field]);
      if (order !== 0) return order * (directions[field] ?? 1);
    }
    return (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) * idDirection;
  };
}
