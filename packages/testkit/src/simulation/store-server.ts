import type { DueQuery, Entry, StoredDocument } from '@bellwether/stream';

/** What a store promises; weaker promises are there to show that the checks see them broken. */
export interface StorePromises {
  /**
   * A document is written only where the write version is the one before, in one indivisible step; or looked at first
   * and written later; or always.
   */
  readonly guard: 'atomic' | 'check-then-set' | 'none';
  /** A save is answered when it is on disk; otherwise when it is in memory. */
  readonly answers: 'on-disk' | 'in-memory';
  /** Reads see only what no crash can take back; otherwise all that is in memory. */
  readonly reads: 'on-disk' | 'in-memory';
}

type Collections = Map<string, Map<string, StoredDocument>>;

interface Write {
  readonly undo: () => void;
  readonly toDisk: () => void;
}

/**
 * Documents and entries with a journal in order. A crash takes back a suffix of what is not yet on disk; a restore
 * takes back any suffix.
 */
export class StoreServer {
  readonly promises: StorePromises;
  readonly #memory: Collections = new Map();
  readonly #disk: Collections = new Map();
  readonly #entries = new Map<string, Entry>();
  readonly #journal: Write[] = [];
  #durable = 0;

  constructor(promises: StorePromises) {
    this.promises = promises;
  }

  /** Whether the stored write version is the one before. */
  fits(collection: string, { id, writeVersion }: StoredDocument): boolean {
    const before = collectionOf(this.#memory, collection).get(id);
    return this.promises.guard === 'none' || (before?.writeVersion ?? 0) === writeVersion - 1;
  }

  /** Writes one document, whatever is there. */
  write(collection: string, document: StoredDocument): void {
    const documents = collectionOf(this.#memory, collection);
    const disk = collectionOf(this.#disk, collection);
    const before = documents.get(document.id);
    documents.set(document.id, document);
    this.#journal.push({
      undo: () => putBack(documents, document.id, before),
      toDisk: () => disk.set(document.id, document),
    });
  }

  /** Writes an entry that is not there yet. */
  writeEntry(entry: Entry): void {
    const id = `${entry.collection} ${entry.id}`;
    if (this.#entries.has(id)) return;
    this.#entries.set(id, entry);
    this.#journal.push({ undo: () => this.#entries.delete(id), toDisk: () => undefined });
  }

  /** Puts the next `count` writes on disk, in their order. */
  flush(count = this.unflushed): void {
    const end = Math.min(this.#durable + count, this.#journal.length);
    for (const { toDisk } of this.#journal.slice(this.#durable, end)) toDisk();
    this.#durable = end;
  }

  /** Number of writes that a crash could take back. */
  get unflushed(): number {
    return this.#journal.length - this.#durable;
  }

  /** Number of all writes. */
  get written(): number {
    return this.#journal.length;
  }

  /** A crash: the last `count` writes are gone, what remains is on disk. */
  crash(count: number): void {
    for (const { undo } of this.#journal.splice(this.#journal.length - count).reverse()) undo();
    this.flush();
  }

  /** An older copy takes the place of everything: the last `count` writes are gone, from the disk too. */
  restore(count: number): void {
    this.crash(count);
    for (const [name, documents] of this.#memory) this.#disk.set(name, new Map(documents));
    this.#durable = this.#journal.length;
  }

  /** All documents of a collection by id, as a reader sees them. */
  collection(name: string): ReadonlyMap<string, StoredDocument> {
    return collectionOf(this.promises.reads === 'on-disk' ? this.#disk : this.#memory, name);
  }

  /** The ids of all entries, with their collection. */
  get entryIds(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** As `KeyedStore.loadOpen`. */
  open(collection: string, partition: number, offset: number): readonly StoredDocument[] {
    return this.#where(
      collection,
      (document) => document.partition === partition && document.appliedOffset >= offset,
    );
  }

  /** As `KeyedStore.loadDue`. */
  due(collection: string, partition: number, due: DueQuery): readonly StoredDocument[] {
    return this.#where(collection, ({ partition: owner, index }) => {
      const slot = index.slot ?? 0;
      if (owner !== partition || index.group !== due.group) return false;
      if (slot < due.slotFrom || slot > due.slotTo) return false;
      const dueDay = index.dueDay ?? null;
      return (dueDay !== null && dueDay <= due.day) || (index.contextVersion ?? 0) < due.contextVersion;
    });
  }

  /** As `KeyedStore.top`. */
  top(collection: string, group: string, limit: number): readonly StoredDocument[] {
    const rankOf = ({ index }: StoredDocument): number => index.rank ?? 0;
    return this.#where(collection, ({ index }) => index.group === group && index.rank !== undefined)
      .sort((one, other) => rankOf(other) - rankOf(one) || (one.id < other.id ? -1 : 1))
      .slice(0, limit);
  }

  #where(collection: string, fits: (document: StoredDocument) => boolean): StoredDocument[] {
    const found: StoredDocument[] = [];
    for (const document of this.collection(collection).values()) if (fits(document)) found.push(document);
    return found.sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}

function collectionOf(collections: Collections, name: string): Map<string, StoredDocument> {
  let documents = collections.get(name);
  if (!documents) {
    documents = new Map();
    collections.set(name, documents);
  }
  return documents;
}

function putBack(
  documents: Map<string, StoredDocument>,
  id: string,
  before: StoredDocument | undefined,
): void {
  if (before) documents.set(id, before);
  else documents.delete(id);
}
