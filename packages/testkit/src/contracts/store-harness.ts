import type { KeyedStore, ReadModels, StoredDocument } from '@bellwether/stream';

/** A store with its read models to be tried, with collections of its own for every test. */
export interface StoreUnderTest {
  readonly store: KeyedStore;
  readonly readModels: ReadModels;
  /** Empty collections of documents. */
  readonly collection: string;
  readonly otherCollection: string;
  /** An empty collection of entries. */
  readonly entries: string;
  /** Another store over the same data with a cache of its own; absent where there can be only one. */
  readonly openAnother?: () => Promise<KeyedStore>;
  /** Closes the store and opens it again over the same data. Called only where the data outlives it. */
  reopen(): Promise<{ readonly store: KeyedStore; readonly readModels: ReadModels }>;
  close(): Promise<void>;
}
export type OpenStore = () => Promise<StoreUnderTest>;

/** A document as the first save of it would make it, with what the test wants otherwise. */
export function documentWith(id: string, changes: Partial<StoredDocument> = {}): StoredDocument {
  return {
    id,
    partition: 0,
    writeVersion: 1,
    appliedOffset: 0,
    pending: [],
    index: { group: 'tenant' },
    state: { id },
    ...changes,
  };
}

/** The document that replaces `document`: one version later, with the changes. */
export function nextVersion(document: StoredDocument, changes: Partial<StoredDocument> = {}): StoredDocument {
  return { ...document, ...changes, writeVersion: document.writeVersion + 1 };
}
