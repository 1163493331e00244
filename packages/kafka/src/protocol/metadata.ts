import type { Endpoint, ProtocolRequest } from '../kafkajs-internals.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/** What a cluster says of itself and of some topics. */
export interface ClusterMetadata {
  readonly clusterId: string;
  readonly controllerId: number;
  readonly brokers: readonly Endpoint[];
  readonly topics: readonly TopicMetadata[];
  readonly clientSideThrottleTime: number;
}
/** A topic that was asked for; error code 3 when there is none. */
export interface TopicMetadata {
  readonly topic: string;
  readonly errorCode: number;
  /** By partition: who leads it, -1 when nobody does. */
  readonly leaders: readonly number[];
}

const API_KEY = 3;
const API_VERSION = 6;

/** Asks for some topics. Unlike kafkajs' own, one partition without a leader does not spoil the answer for the rest. */
export function metadataRequest(topics: readonly string[]): ProtocolRequest<ClusterMetadata> {
  return {
    request: {
      apiKey: API_KEY,
      apiVersion: API_VERSION,
      apiName: 'Metadata',
      encode: async () => {
        const writer = new ByteWriter().int32(topics.length);
        for (const topic of topics) writer.text(topic);
        return writer.int8(0).payload();
      },
    },
    response: { decode: async (raw) => decode(new ByteReader(raw)), parse: async (answer) => answer },
  };
}

function decode(reader: ByteReader): ClusterMetadata {
  const clientSideThrottleTime = reader.int32();
  const brokers = reader.list(() => {
    const endpoint = { nodeId: reader.int32(), host: reader.text(), port: reader.int32() };
    reader.text();
    return endpoint;
  });
  const clusterId = reader.text();
  const controllerId = reader.int32();
  const topics = reader.list(() => decodeTopic(reader));
  return { clientSideThrottleTime, clusterId, controllerId, brokers, topics };
}

function decodeTopic(reader: ByteReader): TopicMetadata {
  const errorCode = reader.int16();
  const topic = reader.text();
  reader.int8();
  const leaders: number[] = [];
  reader.list(() => {
    const partitionError = reader.int16();
    const partition = reader.int32();
    const leader = reader.int32();
    leaders[partition] = partitionError === 0 ? leader : -1;
    for (let lists = 0; lists < 3; lists += 1) reader.list(() => reader.int32());
  });
  return { topic, errorCode, leaders };
}
