import type { DueQuery, KeyedStore, StoredDocument } from './ports.ts';

/** Where a control record stands, and the documents that it may concern. */
export interface ControlPlace {
  readonly collection: string;
  readonly partition: number;
  readonly offset: number;
}

/**
 * The documents that a control record concerns, ordered by id: those that are due, and those that an earlier owner has
 * changed already, so that they are due no more but their outputs may not be public. In this order: a late write of
 * that owner is found by the second look if the first came too early for it.
 */
export async function loadConcerned(
  store: Pick<KeyedStore, 'loadDue' | 'loadOpen'>,
  due: DueQuery,
  { collection, partition, offset }: ControlPlace,
): Promise<readonly StoredDocument[]> {
  const found = await store.loadDue(collection, partition, due);
  const done = await store.loadOpen(collection, partition, offset);
  const byId = new Map([...found, ...done].map((document) => [document.id, document]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}
