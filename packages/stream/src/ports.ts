/**
 * What the processing loop needs from a log and a store. Two backends implement these ports (`embedded`; Kafka with
 * MongoDB); one contract suite per port holds them to the same promises.
 */

/** A record as it was read. `offset` grows within a partition but may have holes (transaction markers). */
export interface InputRecord<Value = unknown> {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  /** When it was appended, epoch ms. */
  readonly timestampMs: number;
  readonly value: Value;
}

/** Largest value of a record: 1 MiB of UTF-8 JSON. */
export const MAX_VALUE_BYTES = 1_048_576;

/**
 * A record to append. Without `partition` the key decides (murmur2, as Kafka's default partitioner). The value is JSON
 * (null too, but not undefined or a BigInt) of at most `MAX_VALUE_BYTES`.
 */
export interface OutputRecord {
  readonly topic: string;
  readonly key: string;
  readonly partition?: number;
  readonly value: unknown;
}

/** Partitioned, ordered, append-only topics, with consumer groups that publish exactly once. */
export interface Log {
  /** Identity of the log (a cluster, a data file): positions in one mean nothing in another. */
  readonly id: string;
  /** Number of partitions of a topic; fixed while the process runs. */
  partitions(topic: string): number;
  /**
   * Records from `offset` on, in order, at most `limit`, only committed ones. Waits up to `waitMs` for the first one;
   * empty when none came or `signal` fired. May return fewer than there are: read on from the last one.
   */
  read(from: Position, options: ReadOptions): Promise<readonly InputRecord[]>;
  /** The offset of the first record that is still kept. */
  startOffset(topic: string, partition: number): Promise<number>;
  /** The offset after the last committed record. */
  endOffset(topic: string, partition: number): Promise<number>;
  /**
   * Appends outside any consumer group (the edges). Resolves when the records are on disk: only then may the outside
   * world be told. Records of one partition keep their order.
   * @throws StreamError `refused` when one of the records can never be taken; nothing of this call is appended then.
   * Any other error leaves the outcome unknown: all, none or some of it may be there, so send it again.
   */
  append(records: readonly OutputRecord[]): Promise<void>;
  /** Opens the one session that may publish for (group, topic, partition); the newest take-over fences older ones. */
  openSession(owner: SessionOwner): OutputSession;
  /**
   * Takes part in a consumer group until `signal` fires, and is told which partitions are its own. Being told is no
   * guarantee: another member may have taken a partition over already, so that only sessions protect anything.
   */
  join(member: GroupMember, signal: AbortSignal): Promise<void>;
}

/** A member of a consumer group, for one topic. */
export interface GroupMember {
  readonly group: string;
  readonly topic: string;
  /** Called with all partitions that are this member's own, each time they change. */
  readonly onAssigned: (partitions: readonly number[]) => void;
}

/** A place in a topic. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}
/** How much to read and how long to wait for it. */
export interface ReadOptions {
  readonly limit: number;
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}
/** Whose progress a session commits: one input partition of one consumer group. */
export interface SessionOwner {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

/** The right to publish for one owner, until a newer session takes it. */
export interface OutputSession {
  /**
   * Fences every older session of this owner, and only then reads the committed offset. Undefined: nothing was ever
   * committed, or the log has forgotten it.
   */
  takeOver(): Promise<number | undefined>;
  /**
   * Appends the outputs and commits the offset, both or neither.
   * @throws StreamError `fenced` when a newer session took over (nothing was appended), `refused` when an output can
   * never be taken (nothing was appended); any other error leaves the outcome unknown. After any error, and before
   * `takeOver`, the session is dead: it answers `fenced`. Open a new one and take over.
   */
  publish(outputs: readonly OutputRecord[], commitOffset: number): Promise<void>;
  /** Lets go of connections. Fences nobody, commits nothing; the session is dead afterwards. */
  close(): Promise<void>;
}

/** Outputs and outcome of one record that was applied but may not be published yet; stored with the document (F3). */
export interface PendingEntry {
  readonly offset: number;
  readonly outcome: 'ok' | 'duplicate' | 'quarantined';
  readonly outputs: readonly PendingOutput[];
}
/** An output by the name that the topology gives it. */
export interface PendingOutput {
  readonly output: string;
  readonly key: string;
  readonly partition?: number;
  readonly value: unknown;
}

/** What a store may find documents by, besides their id. */
export interface DocumentIndex {
  /** Who the document belongs to (a tenant, a customer key). */
  readonly group?: string;
  readonly slot?: number;
  /** First epoch day on which something changes without a new event; null: never. */
  readonly dueDay?: number | null;
  readonly contextVersion?: number;
  /** Documents of a group in descending order of this number (top-k). */
  readonly rank?: number;
}

/** A document as it is stored: the state of one key, and how far its partition's records are in it. */
export interface StoredDocument<State = unknown> {
  readonly id: string;
  readonly partition: number;
  /** Compare-and-set counter, 1 after the first save. */
  readonly writeVersion: number;
  /** Offset of the last record applied; -1 when none. */
  readonly appliedOffset: number;
  readonly pending: readonly PendingEntry[];
  readonly index: DocumentIndex;
  readonly state: State;
}

/** An append-only entry; its id is derived from a source position, so writing it again changes nothing. */
export interface Entry {
  readonly collection: string;
  readonly id: string;
  readonly group: string;
  readonly order: number;
  readonly value: unknown;
}

/** Which documents a control record is for: those of a group and range of slots that are due or out of date. */
export interface DueQuery {
  readonly group: string;
  readonly slotFrom: number;
  readonly slotTo: number;
  /** Due on or before this day ... */
  readonly day: number;
  /** ... or last decided under an older context than this. */
  readonly contextVersion: number;
}

/**
 * Documents of one topology. States are shared, frozen values: never mutate what was loaded. What is loaded is on disk:
 * a crash of the store may not take it back, or a document would be skipped as applied that is not.
 */
export interface KeyedStore {
  /** Documents that exist among `ids`. */
  load(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument>>;
  /** Documents of the partition with `appliedOffset >= offset`: their pending outputs are what that range produced. */
  loadOpen(collection: string, partition: number, offset: number): Promise<readonly StoredDocument[]>;
  /** Documents of the partition that are due (a control record's working set), ordered by id. */
  loadDue(collection: string, partition: number, due: DueQuery): Promise<readonly StoredDocument[]>;
  /** The `limit` documents of a group with the greatest rank, greatest first, ties by id. */
  top(collection: string, group: string, limit: number): Promise<readonly StoredDocument[]>;
  /**
   * Entries first, then documents; each document only where the stored `writeVersion` is `writeVersion - 1` (or none
   * for 1). Returns how many documents were written: fewer than given means that somebody else writes here (fenced).
   */
  save(collection: string, documents: readonly StoredDocument[], entries: readonly Entry[]): Promise<number>;
  /** Drops what is cached of a partition, after a take-over or any doubt. */
  forget(collection: string, partition: number): void;
}

/** Filter in MongoDB's query language over the fields of a state. */
export type Filter = Readonly<Record<string, unknown>>;
/** A page of a group's documents: filtered, sorted, after a position. */
export interface FindQuery {
  readonly group: string;
  readonly filter?: Filter;
  /** Field paths with 1 or -1; the id breaks ties in the direction of the last field. */
  readonly sort: readonly (readonly [path: string, direction: 1 | -1])[];
  readonly limit: number;
  /** Sort values and id of the last row of the page before. */
  readonly after?: { readonly values: readonly unknown[]; readonly id: string };
}
/** A document that a query found. */
export interface FoundRow<State = unknown> {
  readonly id: string;
  readonly state: State;
}

/** Queries over the documents and entries of projection: the same filters on every backend. */
export interface ReadModels {
  get<State>(collection: string, id: string): Promise<State | undefined>;
  find<State>(collection: string, query: FindQuery): Promise<readonly FoundRow<State>[]>;
  count(collection: string, group: string, filter?: Filter): Promise<number>;
  /** Groups that have documents in the collection. */
  groups(collection: string): Promise<readonly string[]>;
  /** Entries of a group, newest (greatest order) first, those before the position `before` if given. */
  entries<Value>(
    collection: string,
    group: string,
    options: { readonly limit: number; readonly before?: { readonly order: number; readonly id: string } },
  ): Promise<readonly EntryRow<Value>[]>;
}
/** An entry that was read back. */
export interface EntryRow<Value = unknown> {
  readonly id: string;
  readonly order: number;
  readonly value: Value;
}
