import type { ProtocolRequest } from '../kafkajs-internals.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** A record batch for one partition. */
export interface BatchFor {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: Buffer;
}

/** What became of each batch: error code 0 when it is in the log of all replicas that are in sync. */
export interface ProduceAnswer {
  readonly partitions: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly errorCode: number;
  }[];
  readonly clientSideThrottleTime: number;
}

const API_KEY = 0;
/** The newest version that every broker from 2.1 to 4.x speaks without compact fields. */
const API_VERSION = 7;
const ALL_IN_SYNC = -1;
const TIMEOUT_MS = 30_000;

/** Appends one batch to each of several partitions. */
export function produceRequest(
  batches: readonly BatchFor[],
  transactionalId: string | undefined,
): ProtocolRequest<ProduceAnswer> {
  return {
    request: {
      apiKey: API_KEY,
      apiVersion: API_VERSION,
      apiName: 'Produce',
      encode: async () => {
        const writer = new ByteWriter().text(transactionalId).int16(ALL_IN_SYNC).int32(TIMEOUT_MS);
        const topics = Map.groupBy(batches, ({ topic }) => topic);
        writer.int32(topics.size);
        for (const [topic, ofTopic] of topics) {
          writer.text(topic).int32(ofTopic.length);
          for (const { partition, bytes } of ofTopic)
            writer.int32(partition).int32(bytes.length).bytes(bytes);
        }
        return writer.payload();
      },
    },
    response: { decode: async (raw) => decode(new ByteReader(raw)), parse: async (answer) => answer },
  };
}

function decode(reader: ByteReader): ProduceAnswer {
  const topics = reader.list(() => {
    const topic = reader.text();
    return reader.list(() => {
      const partition = reader.int32();
      const errorCode = reader.int16();
      reader.bytes(24);
      return { topic, partition, errorCode };
    });
  });
  return { partitions: topics.flat(), clientSideThrottleTime: reader.int32() };
}
