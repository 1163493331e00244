import type { EntryRow, ReadModels } from '@bellwether/stream';

const PIECE = 500;

/** Entries of a group, newest first, as long as they are wanted; at most `limit`. Reads them piece by piece. */
export async function* newestEntries<Value>(
  readModels: ReadModels,
  from: { readonly collection: string; readonly group: string },
  limit: number,
): AsyncGenerator<EntryRow<Value>> {
  let before: { order: number; id: string } | undefined;
  for (let left = limit; left > 0; left -= PIECE) {
    const rows = await readModels.entries<Value>(from.collection, from.group, {
      limit: Math.min(PIECE, left),
      ...(before ? { before } : {}),
    });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PIECE) return;
    before = { order: last.order, id: last.id };
  }
}

/** Entries of a group, newest first; at most `limit`. */
export async function allEntries<Value>(
  readModels: ReadModels,
  from: { readonly collection: string; readonly group: string },
  limit: number,
): Promise<EntryRow<Value>[]> {
  const rows: EntryRow<Value>[] = [];
  for await (const row of newestEntries<Value>(readModels, from, limit)) rows.push(row);
  return rows;
}

/** Entries of a group not older than `order`, newest first; at most `limit`. */
export async function entriesSince<Value>(
  readModels: ReadModels,
  from: { readonly collection: string; readonly group: string; readonly order: number },
  limit: number,
): Promise<Value[]> {
  const values: Value[] = [];
  for await (const { order, value } of newestEntries<Value>(readModels, from, limit)) {
    if (order < from.order) break;
    values.push(value);
  }
  return values;
}
