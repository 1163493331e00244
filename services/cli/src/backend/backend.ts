import type { KeyedStore, Log, ReadModels } from '@bellwether/stream';

/** A log and a store that a process has open. */
export interface Backend {
  readonly log: Log;
  readonly store: KeyedStore;
  readonly readModels: ReadModels;
  /** How it is shared: an embedded one has a single process, servers have any number. */
  readonly kind: 'embedded' | 'servers';
  /** Partitions of topics that have a key. */
  readonly partitions: number;
  close(): Promise<void>;
}
