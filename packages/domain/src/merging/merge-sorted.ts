import { compareValues } from '../ordering.ts';

/**
 * Two lists, each sorted by `compare` without equals, as one such list. What stands in both under one place becomes
 * what `join` makes of it. The same reference as `a` or `b` where the other one is empty.
 */
export function mergeSorted<Item>(
  a: readonly Item[],
  b: readonly Item[],
  { compare, join }: Joining<Item>,
): readonly Item[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const merged: Item[] = [];
  let next = 0;
  for (const item of a) {
    for (let other = b[next]; other !== undefined && compare(other, item) < 0; other = b[next]) {
      merged.push(other);
      next += 1;
    }
    const same = b[next];
    if (same !== undefined && compare(same, item) === 0) {
      merged.push(join(item, same));
      next += 1;
    } else {
      merged.push(item);
    }
  }
  merged.push(...b.slice(next));
  return merged;
}

/** How lists come together: their order, and what becomes of two items of one place. */
export interface Joining<Item> {
  readonly compare: (a: Item, b: Item) => number;
  readonly join: (a: Item, b: Item) => Item;
}

/** Two lists of entities sorted by id as one. */
export function mergeById<Entity extends { readonly id: string }>(
  a: readonly Entity[],
  b: readonly Entity[],
  join: (a: Entity, b: Entity) => Entity,
): readonly Entity[] {
  return mergeSorted(a, b, { compare: (one, other) => compareValues(one.id, other.id), join });
}

type Tile = readonly [day: number, ...amounts: number[]];

/** Tiles by ascending day as one list: what fell on one day adds up. */
export function mergeTiles<T extends Tile>(a: readonly T[], b: readonly T[]): readonly T[] {
  return mergeSorted(a, b, {
    compare: ([one], [other]) => one - other,
    join: (one, other) =>
      one.map((amount, place) => (place === 0 ? amount : amount + (other[place] ?? 0))) as unknown as T,
  });
}
