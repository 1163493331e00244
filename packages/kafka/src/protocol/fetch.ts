import type { ProtocolRequest } from '../kafkajs-internals.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** From where and how much is to be fetched of one partition. */
export interface FetchTarget {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly maxBytes: number;
}

/** What a broker holds of one partition. */
export interface FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  /** The offset after the last one that a reader of committed records may see. */
  readonly lastStableOffset: number;
  readonly aborted: readonly { readonly producerId: bigint; readonly firstOffset: number }[];
  readonly records: Buffer;
}

/** Everything that one request brought. */
export interface FetchAnswer {
  readonly partitions: readonly FetchedPartition[];
  readonly clientSideThrottleTime: number;
}

/** How long a broker may wait for the first byte, and how much it may send. */
export interface FetchLimits {
  readonly waitMs: number;
  readonly maxBytes: number;
}

const API_KEY = 1;
/** The newest version without compact fields; brokers from 2.3 on speak it. */
const API_VERSION = 11;
const READ_COMMITTED = 1;
const NO_SESSION = -1;

/**
 * A fetch of committed records for several partitions. Unlike kafkajs' own it leaves an error of one partition to that
 * partition, and the records as bytes.
 */
export function fetchRequest(
  targets: readonly FetchTarget[],
  limits: FetchLimits,
): ProtocolRequest<FetchAnswer> {
  return {
    request: {
      apiKey: API_KEY,
      apiVersion: API_VERSION,
      apiName: 'Fetch',
      encode: async () => {
        const writer = new ByteWriter();
        writer.int32(-1).int32(limits.waitMs).int32(1).int32(limits.maxBytes).int8(READ_COMMITTED);
        writer.int32(0).int32(NO_SESSION).int32(targets.length);
        for (const { topic, partition, offset, maxBytes } of targets) {
          writer.text(topic).int32(1).int32(partition).int32(-1).int64(offset).int64(-1).int32(maxBytes);
        }
        return writer.int32(0).text('').payload();
      },
    },
    response: { decode: async (raw) => decode(new ByteReader(raw)), parse: async (answer) => answer },
  };
}

function decode(reader: ByteReader): FetchAnswer {
  const clientSideThrottleTime = reader.int32();
  reader.int16();
  reader.int32();
  const topics = reader.list(() => {
    const topic = reader.text();
    return reader.list(() => ({ topic, ...decodePartition(reader) }));
  });
  return { clientSideThrottleTime, partitions: topics.flat() };
}

function decodePartition(reader: ByteReader): Omit<FetchedPartition, 'topic'> {
  const partition = reader.int32();
  const errorCode = reader.int16();
  reader.int64();
  const lastStableOffset = Number(reader.int64());
  reader.int64();
  const aborted = reader.list(() => ({
    producerId: reader.int64(),
    firstOffset: Number(reader.int64()),
  }));
  reader.int32();
  return { partition, errorCode, lastStableOffset, aborted, records: reader.bytes(reader.int32()) };
}
