import type { KeyedStore, ReadModels } from '@bellwether/stream';

/** The documents of a store as those see them who only read. */
export function statesOf(store: Pick<KeyedStore, 'load'>): Pick<ReadModels, 'get'> {
  return {
    get: async <State>(collection: string, id: string) =>
      (await store.load(collection, [id])).get(id)?.state as State | undefined,
  };
}
