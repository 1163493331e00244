import { setImmediate } from 'node:timers';
import type { PreparedRecord } from './prepared-records.ts';

interface Appending {
  readonly records: readonly PreparedRecord[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Collects what is appended within one turn of the event loop, so that many requests share one write to the disk. */
export class GroupCommit {
  readonly #write: (records: readonly PreparedRecord[]) => void;
  #group: Appending[] = [];

  constructor(write: (records: readonly PreparedRecord[]) => void) {
    this.#write = write;
  }

  /** Resolves when the records are on disk. */
  add(records: readonly PreparedRecord[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#group.push({ records, resolve, reject });
      if (this.#group.length === 1) setImmediate(() => this.flush());
    });
  }

  /** Writes what has been collected, at once. */
  flush(): void {
    const group = this.#group;
    if (group.length === 0) return;
    this.#group = [];
    try {
      this.#write(group.flatMap((appending) => appending.records));
    } catch (error) {
      for (const appending of group) appending.reject(error);
      return;
    }
    for (const appending of group) appending.resolve();
  }
}
