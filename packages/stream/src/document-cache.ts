import { LRUCache } from 'lru-cache';
import type { StoredDocument } from './ports.ts';

interface Cached {
  readonly collection: string;
  readonly document: StoredDocument;
  readonly bytes: number;
}

/** What a document costs besides its JSON text: objects, key, list links. */
const OVERHEAD_BYTES = 256;

/** Parsed documents of all collections, bounded by the length of their JSON; those used longest ago go first. */
export class DocumentCache {
  readonly #entries: LRUCache<string, Cached>;

  /** @param maxBytes total length of the cached documents' JSON, with a small charge for each */
  constructor(maxBytes: number) {
    this.#entries = new LRUCache({ maxSize: maxBytes, sizeCalculation: (cached) => cached.bytes });
  }

  get(collection: string, id: string): StoredDocument | undefined {
    return this.#entries.get(key(collection, id))?.document;
  }

  put(collection: string, document: StoredDocument, characters: number): void {
    this.#entries.set(key(collection, document.id), {
      collection,
      document,
      bytes: characters + OVERHEAD_BYTES,
    });
  }

  drop(collection: string, id: string): void {
    this.#entries.delete(key(collection, id));
  }

  dropPartition(collection: string, partition: number): void {
    for (const [entryKey, cached] of this.#entries.entries()) {
      if (cached.collection === collection && cached.document.partition === partition)
        this.#entries.delete(entryKey);
    }
  }
}

/** Names of collections have no space, so no two pairs make the same key. */
function key(collection: string, id: string): string {
  return `${collection} ${id}`;
}
