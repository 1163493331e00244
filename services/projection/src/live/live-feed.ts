import type { InputRecord, Log } from '@bellwether/stream';
import { LIVE_TOPICS, type LiveTopic, laneOf, topicOf } from './positions.ts';

/** A batch whose effects are in the read model; what the loop tells after it has committed. */
export interface CommittedBatch {
  readonly partition: number;
  readonly records: readonly InputRecord[];
  /** Offset after the batch. */
  readonly next: number;
}

/** Records of one lane that are kept for clients that are nearly up to date. */
const RECENT_RECORDS = 500;
/** Records of one read from the log, for clients that are further behind. */
const READ_RECORDS = 500;

interface Lane {
  recent: readonly InputRecord[];
  /** Everything from this offset on is in `recent`. */
  recentFrom: number;
  /** Offset after the last committed record. */
  next: number;
}

/** A piece of a lane: records in order, and the offset to go on from. */
export interface Piece {
  readonly records: readonly InputRecord[];
  readonly next: number;
}

/**
 * What is already in the read model, as a stream: clients that are told of a change find it when they ask. The latest
 * records come from memory, older ones from the log.
 */
export class LiveFeed {
  readonly #log: Log;
  readonly #lanes = new Map<string, Lane>();
  readonly #listeners = new Set<(batch: CommittedBatch) => void>();
  #isClosed = false;

  constructor(log: Log) {
    this.#log = log;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** To be called after every committed batch of every topology of projection. */
  committed(batch: CommittedBatch): void {
    const first = batch.records[0];
    if (!first) return;
    if (isLiveTopic(first.topic)) this.#take(laneOf(first.topic, batch.partition), batch);
    for (const listener of this.#listeners) listener(batch);
  }

  /** Calls `listener` after every batch, until the function that comes back is called. */
  listen(listener: (batch: CommittedBatch) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the feed and with it every stream. */
  close(): void {
    this.#isClosed = true;
    const end = { partition: 0, records: [], next: 0 };
    for (const listener of this.#listeners) listener(end);
  }

  /** All lanes there are. */
  lanes(): readonly string[] {
    return Object.values(LIVE_TOPICS).flatMap((topic) =>
      Array.from({ length: this.#log.partitions(topic) }, (_, partition) => laneOf(topic, partition)),
    );
  }

  /** Where a lane stands now. Before the first batch since the start the end of the log stands for it. */
  async endOf(lane: string): Promise<number> {
    const known = this.#lanes.get(lane);
    if (known) return known.next;
    const { topic, partition } = topicOf(lane);
    return await this.#log.endOffset(topic, partition);
  }

  /** The next committed records of a lane; undefined when there is nothing yet. */
  async read(lane: string, from: number): Promise<Piece | undefined> {
    const known = this.#lanes.get(lane);
    if (known && from >= known.recentFrom) {
      if (from >= known.next) return undefined;
      const records = known.recent.filter(({ offset }) => offset >= from);
      return { records, next: known.next };
    }
    const end = await this.endOf(lane);
    if (from >= end) return undefined;
    const read = await this.#log.read({ ...topicOf(lane), offset: from }, { limit: READ_RECORDS, waitMs: 0 });
    const records = read.filter(({ offset }) => offset < end);
    const last = records.at(-1);
    return { records, next: last && read.length === READ_RECORDS ? last.offset + 1 : end };
  }

  #take(lane: string, { records, next }: CommittedBatch): void {
    const known = this.#lanes.get(lane);
    const all = [...(known?.recent ?? []), ...records];
    const cut = all.length - RECENT_RECORDS;
    const recentFrom = cut > 0 ? (all[cut]?.offset ?? next) : (known?.recentFrom ?? all[0]?.offset ?? next);
    this.#lanes.set(lane, { recent: cut > 0 ? all.slice(cut) : all, recentFrom, next });
  }
}

function isLiveTopic(topic: string): topic is LiveTopic {
  return topic === LIVE_TOPICS.c || topic === LIVE_TOPICS.a;
}
