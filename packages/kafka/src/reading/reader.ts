import {
  type InputRecord,
  type Position,
  type ReadOptions,
  StreamError,
  type ValueCodec,
} from '@bellwether/stream';
import { damaged, unavailable } from '../kafka-errors.ts';
import type { RawRecord } from '../protocol/record-batch.ts';
import type { Topics } from '../topics.ts';
import type { Fetcher } from './fetcher.ts';
import type { PartitionStream } from './partition-stream.ts';

/** A read that may not wait is still given so long for what was committed before it began. */
const COMMITTED_WITHIN_MS = 10_000;

/** What a reader works with. */
export interface ReaderParts {
  readonly fetcher: Fetcher;
  readonly topics: Topics;
  readonly codec: ValueCodec;
  /** The offset after the last committed record. */
  readonly endOffset: (topic: string, partition: number) => Promise<number>;
}

/** Reads committed records from any place of any partition. */
export class Reader {
  readonly #parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** See `Log.read`. */
  async read(from: Position, options: ReadOptions): Promise<readonly InputRecord[]> {
    const { fetcher, topics } = this.#parts;
    const { kafkaName } = topics.at(from.topic, from.partition);
    if (options.limit < 1 || options.signal?.aborted) return [];
    const stream = fetcher.claim(kafkaName, from.partition, from.offset);
    try {
      await this.#wait(stream, from, options);
      if (options.signal?.aborted) return [];
      return await this.#decode(from, taken(stream, options.limit));
    } catch (error) {
      // What was taken from it is lost: the next read fetches again.
      fetcher.drop(stream);
      throw error;
    } finally {
      fetcher.release(stream);
    }
  }

  /** Until there is a record or the time is over. @throws StreamError when the place cannot be read */
  async #wait(stream: PartitionStream, from: Position, { waitMs, signal }: ReadOptions): Promise<void> {
    const { fetcher, endOffset } = this.#parts;
    if (stream.hasRecords) return;
    // Without time to wait for a fetch, the end of the partition says whether there is anything to be fetched.
    const target = waitMs > 0 ? Number.POSITIVE_INFINITY : await endOffset(from.topic, from.partition);
    const deadlineMs = performance.now() + (waitMs > 0 ? waitMs : COMMITTED_WITHIN_MS);
    for (;;) {
      if (stream.failure) throw stream.failure;
      if (fetcher.isClosed) throw new StreamError('unavailable', 'The connection to Kafka was closed.');
      if (stream.hasRecords || signal?.aborted || stream.fetchOffset >= target) return;
      const restMs = deadlineMs - performance.now();
      if (restMs <= 0) break;
      await stream.change(restMs, signal);
    }
    if (stream.fault !== undefined || waitMs <= 0) {
      const cause = stream.fault ?? new Error('the broker did not answer in time');
      throw unavailable(`Reading ${stream.topic}/${stream.partition} failed`, cause);
    }
  }

  async #decode({ topic, partition }: Position, raw: readonly RawRecord[]): Promise<readonly InputRecord[]> {
    if (raw.length === 0) return [];
    const values = await this.#parts.codec.decode(topic, raw);
    return raw.map(({ offset, key, timestampMs }, index) => ({
      topic,
      partition,
      offset,
      key,
      timestampMs,
      value: values[index],
    }));
  }
}

/** The next records that lie ready. @throws StreamError `log-mismatch` when they are damaged */
function taken(stream: PartitionStream, limit: number): RawRecord[] {
  try {
    return stream.take(limit);
  } catch (error) {
    throw damaged(stream, error);
  }
}
