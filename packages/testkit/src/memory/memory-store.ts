import type { DueQuery, Entry, KeyedStore, StoredDocument } from '@bellwether/stream';

/** A keyed store in memory that keeps serialized documents, so that nothing is shared with who saved them. */
export class MemoryStore implements KeyedStore {
  readonly #collections = new Map<string, Map<string, string>>();
  readonly #entries = new Map<string, Entry>();

  async load(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument>> {
    const found = new Map<string, StoredDocument>();
    for (const id of ids) {
      const text = this.#collection(collection).get(id);
      if (text !== undefined) found.set(id, JSON.parse(text));
    }
    return found;
  }

  async loadOpen(collection: string, partition: number, offset: number): Promise<readonly StoredDocument[]> {
    return this.documents(collection).filter(
      (document) => document.partition === partition && document.appliedOffset >= offset,
    );
  }

  async loadDue(collection: string, partition: number, due: DueQuery): Promise<readonly StoredDocument[]> {
    return this.documents(collection).filter(({ partition: owner, index }) => {
      const slot = index.slot ?? 0;
      if (owner !== partition || index.group !== due.group || slot < due.slotFrom || slot > due.slotTo)
        return false;
      const dueDay = index.dueDay ?? null;
      return (dueDay !== null && dueDay <= due.day) || (index.contextVersion ?? 0) < due.contextVersion;
    });
  }

  async top(collection: string, group: string, limit: number): Promise<readonly StoredDocument[]> {
    return this.documents(collection)
      .filter(({ index }) => index.group === group && index.rank !== undefined)
      .sort((a, b) => (b.index.rank ?? 0) - (a.index.rank ?? 0))
      .slice(0, limit);
  }

  async save(
    collection: string,
    documents: readonly StoredDocument[],
    entries: readonly Entry[],
  ): Promise<number> {
    for (const entry of entries) this.saveEntry(entry);
    let saved = 0;
    for (const document of documents) if (this.saveDocument(collection, document)) saved += 1;
    return saved;
  }

  saveEntry(entry: Entry): void {
    const id = `${entry.collection}/${entry.id}`;
    if (!this.#entries.has(id)) this.#entries.set(id, entry);
  }

  /** Guarded write of one document; false when somebody else was first. */
  saveDocument(collection: string, document: StoredDocument): boolean {
    const documents = this.#collection(collection);
    const before = documents.get(document.id);
    const version = before === undefined ? 0 : (JSON.parse(before) as StoredDocument).writeVersion;
    if (version !== document.writeVersion - 1) return false;
    documents.set(document.id, JSON.stringify(document));
    return true;
  }

  forget(): void {
    // Nothing is cached here.
  }

  /** Every document of a collection, ordered by id. */
  documents(collection: string): StoredDocument[] {
    const documents = this.#collection(collection);
    return [...documents.keys()].sort().map((id) => JSON.parse(documents.get(id) ?? '') as StoredDocument);
  }

  entries(collection: string): Entry[] {
    return [...this.#entries.values()].filter((entry) => entry.collection === collection);
  }

  #collection(name: string): Map<string, string> {
    let documents = this.#collections.get(name);
    if (!documents) {
      documents = new Map();
      this.#collections.set(name, documents);
    }
    return documents;
  }
}
