import type { StreamError } from '@bellwether/stream';
import { AbortedTransactions } from '../protocol/aborted-transactions.ts';
import type { FetchedPartition, FetchTarget } from '../protocol/fetch.ts';
import { type RawRecord, type RecordBatch, scanBatches } from '../protocol/record-batch.ts';

/** Bytes asked for at a time. */
const FETCH_BYTES = 1_048_576;
/**
 * So many may lie ready before no more are asked for: several of the largest messages, so that these do not make the
 * batches of a reader small, and what a reader with a backlog takes at once.
 */
const READY_BYTES = 4_194_304;
/** A batch that does not fit is asked for again with more room, up to this. */
const MOST_FETCH_BYTES = 67_108_864;

/** What lies ready of one partition for one reader, who goes on from record to record. */
export class PartitionStream {
  /** The topic's name in Kafka. */
  readonly topic: string;
  readonly partition: number;
  /** Where its reader goes on: it is found again by this. */
  readOffset: number;
  /** Where the next fetch goes on. */
  fetchOffset: number;
  /** The offset after the last record that was seen; between it and `fetchOffset` there is none to read. */
  endOfRecords: number;
  /** A fetch for it is on its way. */
  isInFlight = false;
  /** A reader waits or decodes. */
  isClaimed = false;
  /** Whether the last fetch brought records: such partitions are fetched apart from the quiet ones. */
  isLively = true;
  isDropped = false;
  lastReadMs = performance.now();
  /** Why the last fetch was not answered; undefined when it was. */
  fault: unknown;
  /** Not fetched before then, on the clock of `performance.now()`. */
  restsUntilMs = 0;
  /** What makes reading from here impossible. */
  failure: StreamError | undefined;
  #batches: RecordBatch[] = [];
  #bytes = 0;
  #maxBytes = FETCH_BYTES;
  #wake: (() => void) | undefined;

  constructor(topic: string, partition: number, offset: number) {
    this.topic = topic;
    this.partition = partition;
    this.readOffset = offset;
    this.fetchOffset = offset;
    this.endOfRecords = offset;
  }

  /** Bytes that lie ready. */
  get bytes(): number {
    return this.#bytes;
  }
  get hasRecords(): boolean {
    return this.#batches.length > 0;
  }
  /** Whether more is to be fetched ahead of the reader. */
  get hasRoom(): boolean {
    return this.#bytes < READY_BYTES && this.failure === undefined;
  }

  target(): FetchTarget {
    const { topic, partition, fetchOffset } = this;
    return { topic, partition, offset: fetchOffset, maxBytes: this.#maxBytes };
  }

  /** Nothing can be read from here. */
  fail(failure: StreamError): void {
    this.failure = failure;
    this.#wake?.();
  }

  /** Takes in what a fetch brought; false when that was nothing. */
  accept(fetched: FetchedPartition): boolean {
    this.fault = undefined;
    const { batches, nextOffset } = scanBatches(fetched.records, new AbortedTransactions(fetched.aborted));
    const isProgress = nextOffset !== undefined && nextOffset > this.fetchOffset;
    this.isLively = isProgress;
    if (isProgress) {
      this.fetchOffset = nextOffset;
      this.#maxBytes = FETCH_BYTES;
    } else if (fetched.lastStableOffset > this.fetchOffset && fetched.records.length > 0) {
      this.#maxBytes = Math.min(this.#maxBytes * 4, MOST_FETCH_BYTES);
    }
    for (const batch of batches) {
      if (batch.lastOffset < this.readOffset) continue;
      this.#batches.push(batch);
      this.#bytes += batch.size;
      this.endOfRecords = batch.lastOffset + 1;
    }
    this.#wake?.();
    return isProgress;
  }

  /** The next records, at most `limit`; the reader is taken to go on after the last of them. */
  take(limit: number): RawRecord[] {
    const records: RawRecord[] = [];
    let taken = 0;
    for (const batch of this.#batches) {
      if (records.length >= limit) break;
      batch.take(records, { offset: this.readOffset, limit });
      if (!batch.isEmpty) break;
      this.#bytes -= batch.size;
      taken += 1;
    }
    this.#batches.splice(0, taken);
    const last = records.at(-1);
    if (last) this.readOffset = last.offset + 1;
    return records;
  }

  /** Lets the reader look again. */
  wake(): void {
    this.#wake?.();
  }

  /** Until something changed, the time is over or the signal fires. */
  change(waitMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(finish, waitMs);
      signal?.addEventListener('abort', finish, { once: true });
      this.#wake = finish;
    });
  }
}
