/**
 * Sparse tiles by ascending day: a day on which nothing happened has none. An event adds itself to the tile of its day,
 * so sums do not depend on the order of arrival.
 */
export type UseTile = readonly [day: number, uses: number];
export type SurveyTile = readonly [day: number, answers: number, scoreSum: number];
type Tile = readonly [day: number, ...amounts: number[]];

/** Index of the first tile on or after `day`; the length when there is none. */
export function firstFrom(tiles: readonly Tile[], day: number): number {
  let low = 0;
  let high = tiles.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tiles[middle]?.[0] ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A copy of the tiles with `addition` added to the tile of its day. */
export function addTile<T extends Tile>(tiles: readonly T[], addition: T): readonly T[] {
  const index = firstFrom(tiles, addition[0]);
  const found = tiles[index];
  const copy = tiles.slice();
  if (found === undefined || found[0] !== addition[0]) copy.splice(index, 0, addition);
  else
    copy[index] = found.map((amount, at) =>
      at === 0 ? amount : amount + (addition[at] ?? 0),
    ) as unknown as T;
  return copy;
}

/** The tiles on or after `day`; the same reference when that is all of them. */
export function dropBefore<T extends Tile>(tiles: readonly T[], day: number): readonly T[] {
  const first = tiles[0];
  if (first === undefined || first[0] >= day) return tiles;
  return tiles.slice(firstFrom(tiles, day));
}
