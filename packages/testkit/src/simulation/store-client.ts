import type { DueQuery, Entry, KeyedStore, StoredDocument } from '@bellwether/stream';
import type { Chance } from './chance.ts';
import { type Life, type Network, NOT_YET } from './network.ts';
import type { StoreServer } from './store-server.ts';

/** How a process reaches the store. */
export interface StoreReach {
  readonly life: Life;
  readonly network: Network;
  readonly server: StoreServer;
  readonly chance: Chance;
}

/** The store as one process sees it, with a cache of its own; a bulk write is unordered and may be cut anywhere. */
export class StoreClient implements KeyedStore {
  readonly #reach: StoreReach;
  readonly #cache = new Map<string, StoredDocument>();

  constructor(reach: StoreReach) {
    this.#reach = reach;
  }

  async load(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument>> {
    const found = new Map<string, StoredDocument>();
    const missing: string[] = [];
    for (const id of ids) {
      const cached = this.#cache.get(`${collection} ${id}`);
      if (cached) found.set(id, cached);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    const { server } = this.#reach;
    const loaded = await this.#ask('load', () => missing.map((id) => server.collection(collection).get(id)));
    for (const document of loaded) {
      if (!document) continue;
      found.set(document.id, document);
      this.#cache.set(`${collection} ${document.id}`, document);
    }
    return found;
  }

  loadOpen(collection: string, partition: number, offset: number): Promise<readonly StoredDocument[]> {
    return this.#ask('loadOpen', () => this.#reach.server.open(collection, partition, offset));
  }

  loadDue(collection: string, partition: number, due: DueQuery): Promise<readonly StoredDocument[]> {
    return this.#ask('loadDue', () => this.#reach.server.due(collection, partition, due));
  }

  top(collection: string, group: string, limit: number): Promise<readonly StoredDocument[]> {
    return this.#ask('top', () => this.#reach.server.top(collection, group, limit));
  }

  async save(
    collection: string,
    documents: readonly StoredDocument[],
    entries: readonly Entry[],
  ): Promise<number> {
    const { life, network } = this.#reach;
    const serve = this.#bulkWrite(collection, documents, entries);
    const what = `save ${collection}`;
    try {
      const saved = await network.send(life, { what, to: 'store', writes: 'documents', serve });
      if (saved === documents.length) {
        for (const document of documents) this.#cache.set(`${collection} ${document.id}`, document);
        return saved;
      }
      this.#drop(collection, documents);
      return saved;
    } catch (error) {
      this.#drop(collection, documents);
      throw error;
    }
  }

  forget(collection: string, partition: number): void {
    for (const [key, document] of this.#cache) {
      if (document.partition === partition && key.startsWith(`${collection} `)) this.#cache.delete(key);
    }
  }

  /** Entries first, then documents, both in any order and in as many events as chance will have it. */
  #bulkWrite(collection: string, documents: readonly StoredDocument[], entries: readonly Entry[]) {
    const { server, chance } = this.#reach;
    let saved = 0;
    const writes: (() => void)[] = chance.shuffled(entries).map((entry) => () => server.writeEntry(entry));
    const fits = new Set<StoredDocument>();
    for (const document of chance.shuffled(documents)) {
      writes.push(() => {
        if (!fits.has(document) && !server.fits(collection, document)) return;
        server.write(collection, document);
        saved += 1;
      });
    }
    let done = 0;
    let isChecked = server.promises.guard !== 'check-then-set';
    return (): number | typeof NOT_YET => {
      if (!isChecked) {
        isChecked = true;
        for (const document of documents) if (server.fits(collection, document)) fits.add(document);
        return NOT_YET;
      }
      const left = writes.length - done;
      const count = left > 0 && chance.happens(0.3) ? chance.below(left) + 1 : left;
      for (const write of writes.slice(done, done + count)) write();
      done += count;
      // The answer to the last write is one more event: everything is in memory, nothing is on disk yet.
      if (done < writes.length || (count > 0 && chance.happens(0.3))) return NOT_YET;
      if (server.promises.answers === 'on-disk') server.flush();
      return saved;
    };
  }

  #drop(collection: string, documents: readonly StoredDocument[]): void {
    for (const { id } of documents) this.#cache.delete(`${collection} ${id}`);
  }

  #ask<T>(what: string, serve: () => T): Promise<T> {
    return this.#reach.network.send(this.#reach.life, { what, to: 'store', serve });
  }
}
