interface Entity {
  readonly id: string;
}

/** Index of an id in a list sorted by id, or of the place where it belongs. */
export function placeOf(entities: readonly Entity[], id: string): number {
  let low = 0;
  let high = entities.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entities[middle]?.id ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The entity of an id at its place, if it is there. */
export function entityAt<E extends Entity>(entities: readonly E[], place: number, id: string): E | undefined {
  const entity = entities[place];
  return entity?.id === id ? entity : undefined;
}

/** A copy of the list with `entity` at `place`, in place of the one with its id. */
export function withEntity<E extends Entity>(entities: readonly E[], place: number, entity: E): readonly E[] {
  const copy = entities.slice();
  copy.splice(place, copy[place]?.id === entity.id ? 1 : 0, entity);
  return copy;
}

/** The greater of a day that may not be known yet and a day. */
export function latestDay(known: number | null, day: number): number {
  return known === null || day > known ? day : known;
}

/** The lesser of a day that may not be known yet and a day. */
export function earliestDay(known: number | null, day: number): number {
  return known === null || day < known ? day : known;
}
