import type { DocumentCache, StoredDocument } from '@bellwether/stream';

/** A document as it is stored, and about how many bytes it takes. */
export interface KeptDocument {
  readonly document: StoredDocument;
  readonly bytes: number;
}

/**
 * The cache of those documents that nobody else can change: a partition is known to be ours by a save that met no
 * conflict, until it is forgotten. Documents of other partitions, which any process may load to read them, are never
 * kept, so that what is cached is always what is stored.
 */
export class OwnedDocuments {
  readonly #cache: DocumentCache;
  readonly #owned = new Set<string>();
  #timesForgotten = 0;

  constructor(cache: DocumentCache) {
    this.#cache = cache;
  }

  /** To be taken before the server is asked; what it answers is not kept if anything was forgotten since. */
  get moment(): number {
    return this.#timesForgotten;
  }

  get(collection: string, id: string): StoredDocument | undefined {
    return this.#cache.get(collection, id);
  }

  /** Keeps a document that was read, unless a later version of it was saved meanwhile. */
  keepRead(collection: string, { document, bytes }: KeptDocument, moment: number): void {
    if (moment !== this.#timesForgotten || !this.#owned.has(owner(collection, document.partition))) return;
    const kept = this.#cache.get(collection, document.id);
    if (kept === undefined || kept.writeVersion < document.writeVersion) {
      this.#cache.put(collection, document, bytes);
    }
  }

  /** Keeps the documents of a save that wrote all of them: their partition is ours. */
  keepSaved(collection: string, saved: Iterable<KeptDocument>, moment: number): void {
    if (moment !== this.#timesForgotten) return;
    for (const { document, bytes } of saved) {
      this.#owned.add(owner(collection, document.partition));
      this.#cache.put(collection, document, bytes);
    }
  }

  drop(collection: string, documents: readonly StoredDocument[]): void {
    for (const { id } of documents) this.#cache.drop(collection, id);
  }

  /** The partition may belong to somebody else now. */
  forget(collection: string, partition: number): void {
    this.#timesForgotten += 1;
    this.#owned.delete(owner(collection, partition));
    this.#cache.dropPartition(collection, partition);
  }
}

function owner(collection: string, partition: number): string {
  return `${collection} ${partition}`;
}
