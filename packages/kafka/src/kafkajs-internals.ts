import { createRequire } from 'node:module';
import type { ISocketFactory, KafkaConfig } from 'kafkajs';
import { filterAborted, scheduleOnlyWhatWaits } from './kafkajs-patches.ts';

/*
 * The one place that reaches into kafkajs: its connections (TLS, SASL, request queue), its metadata and its requests.
 * The types say only what is used here; they were read off kafkajs 2.2.4, which is pinned.
 */

const load = createRequire(import.meta.url);

/** What kafkajs sends: any object with the bytes in both fields. */
export interface Payload {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

/** A request with the way to read its answer, as a connection takes it. */
export interface ProtocolRequest<Answer> {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly encode: () => Promise<Payload>;
  };
  readonly response: {
    readonly decode: (raw: Buffer) => Promise<Answer & { readonly clientSideThrottleTime?: number }>;
    readonly parse: (decoded: Answer) => Promise<Answer>;
  };
}

/** One socket. */
export interface Connection {
  rejectRequests(error: Error): void;
  disconnect(): Promise<unknown>;
}

/** Partitions by topic, as most requests name them. */
export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}
interface Producer {
  readonly transactionalId: string;
  readonly producerId: string;
  readonly producerEpoch: number;
}
interface OffsetsOfTopic {
  readonly topic: string;
  readonly partitions: readonly { readonly partition: number; readonly offset: string }[];
}
interface Membership {
  readonly groupId: string;
  readonly memberId: string;
}

/** One broker with sockets of its own. Every request rejects with an error of kafkajs (`type`, `code`, `retriable`). */
export interface Broker {
  readonly nodeId: number;
  readonly connectionPool: {
    readonly pool: readonly Connection[];
    /** Opens a socket again that is not open. */
    getConnection: (index?: number) => Promise<Connection>;
    send<Answer>(request: ProtocolRequest<Answer>): Promise<Answer>;
  };
  isConnected(): boolean;
  connect(): Promise<void>;
  findGroupCoordinator(request: {
    readonly groupId: string;
    readonly coordinatorType: 0 | 1;
  }): Promise<{ readonly coordinator: { readonly nodeId: number } }>;
  listOffsets(request: {
    readonly isolationLevel: number;
    readonly topics: readonly {
      readonly topic: string;
      readonly partitions: readonly { readonly partition: number; readonly timestamp: number }[];
    }[];
  }): Promise<{ readonly responses: readonly OffsetsOfTopic[] }>;
  createTopics(request: { readonly topics: readonly NewTopic[]; readonly timeout: number }): Promise<unknown>;
  initProducerId(request: {
    readonly transactionalId?: string;
    readonly transactionTimeout: number;
  }): Promise<{ readonly producerId: string; readonly producerEpoch: number }>;
  addPartitionsToTxn(request: Producer & { readonly topics: readonly TopicPartitions[] }): Promise<unknown>;
  addOffsetsToTxn(request: Producer & { readonly groupId: string }): Promise<unknown>;
  txnOffsetCommit(
    request: Producer & { readonly groupId: string; readonly topics: readonly OffsetsOfTopic[] },
  ): Promise<unknown>;
  endTxn(request: Producer & { readonly transactionResult: boolean }): Promise<unknown>;
  offsetCommit(
    request: Membership & { readonly groupGenerationId: number; readonly topics: readonly OffsetsOfTopic[] },
  ): Promise<unknown>;
  joinGroup(
    request: Membership & {
      readonly sessionTimeout: number;
      readonly rebalanceTimeout: number;
      readonly groupProtocols: readonly { readonly name: string; readonly metadata: Buffer }[];
    },
  ): Promise<JoinAnswer>;
  syncGroup(
    request: Membership & {
      readonly generationId: number;
      readonly groupAssignment: readonly { readonly memberId: string; readonly memberAssignment: Buffer }[];
    },
  ): Promise<{ readonly memberAssignment: Buffer }>;
  heartbeat(request: Membership & { readonly groupGenerationId: number }): Promise<unknown>;
  leaveGroup(request: Membership): Promise<unknown>;
}

/** A topic to be created. */
export interface NewTopic {
  readonly topic: string;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly configEntries: readonly { readonly name: string; readonly value: string }[];
}

/** What a member is told when its group has gathered. `members` is filled for the leader only. */
export interface JoinAnswer {
  readonly generationId: number;
  readonly leaderId: string;
  readonly memberId: string;
  readonly members: readonly { readonly memberId: string; readonly memberMetadata: Buffer }[];
}

/** Where a broker listens. */
export interface Endpoint {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

/** kafkajs' own logger. */
export interface KafkajsLogger {
  namespace(name: string): KafkajsLogger;
}

/** What connections are made with; the names are those of kafkajs. */
export interface ConnectionConfig {
  readonly logger: KafkajsLogger;
  readonly socketFactory: ISocketFactory;
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl: KafkaConfig['ssl'];
  readonly sasl: KafkaConfig['sasl'];
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
}

type FilterAborted = typeof filterAborted;
/** The part of kafkajs' request queue that the patch touches. */
export type RequestQueueClass = new (options: {
  readonly requestTimeout: number;
  readonly enforceRequestTimeout: boolean;
  readonly clientId: string;
  readonly broker: string;
  readonly logger: object;
}) => { maybeThrottle(ms: number): void; checkPendingRequests(): void; destroy(): void };

const FILTER = load.resolve('kafkajs/src/consumer/filterAbortedMessages');

/**
 * Puts the patches in place, and keeps what was there before for the tests that show the faults. Consumers of kafkajs
 * in this process have the right filter as long as kafkajs is loaded after this module; what is read through
 * `openKafka` does not rely on it.
 */
function patch(): { filterAborted: FilterAborted; scheduleCheckPendingRequests: () => void } {
  const original = load(FILTER) as FilterAborted;
  const cached = load.cache[FILTER];
  if (cached) cached.exports = filterAborted;
  const { prototype } = load('kafkajs/src/network/requestQueue');
  const { scheduleCheckPendingRequests } = prototype;
  prototype.scheduleCheckPendingRequests = scheduleOnlyWhatWaits;
  return { filterAborted: original, scheduleCheckPendingRequests };
}

/** The functions of kafkajs that were replaced, as they are without the patch. For tests. */
export const unpatched = patch();

/** kafkajs' filter as a consumer of kafkajs in this process uses it. For tests. */
export const filterInUse = load(FILTER) as FilterAborted;
export const RequestQueue = load('kafkajs/src/network/requestQueue') as RequestQueueClass;

interface ConnectionPoolBuilder {
  build(endpoint?: { readonly host: string; readonly port: number }): Promise<unknown>;
}
const createPoolBuilder = load('kafkajs/src/cluster/connectionPoolBuilder') as (
  config: ConnectionConfig,
) => ConnectionPoolBuilder;
const BrokerClass = load('kafkajs/src/broker') as new (options: object) => Broker;
const { createLogger, LEVELS } = load('kafkajs/src/loggers') as {
  createLogger(options: { level: number; logCreator: () => (entry: LogEntry) => void }): KafkajsLogger;
  LEVELS: { WARN: number };
};

/** A line of kafkajs' log. */
export interface LogEntry {
  readonly level: number;
  readonly label: string;
  readonly namespace: string;
  readonly log: { readonly message: string };
}

/** How members of a group write what they bring and what they are given. */
export const assignerProtocol = load('kafkajs/src/consumer/assignerProtocol') as {
  readonly MemberMetadata: {
    encode(metadata: { version: number; topics: readonly string[]; userData: Buffer }): Buffer;
    decode(bytes: Buffer): { readonly userData: Buffer | null };
  };
  readonly MemberAssignment: {
    encode(assignment: { version: number; assignment: Readonly<Record<string, readonly number[]>> }): Buffer;
    decode(bytes: Buffer): { readonly assignment: Readonly<Record<string, readonly number[]>> } | null;
  };
};

/** CRC-32C (Castagnoli) of some bytes, unsigned. */
export const crc32c = load('kafkajs/src/protocol/recordBatch/crc32C') as (bytes: Buffer) => number;

/** kafkajs' error for an error code in an answer: `type`, `code`, `retriable`. */
export const errorOfCode = (
  load('kafkajs/src/protocol/error') as { createErrorFromCode(code: number): Error }
).createErrorFromCode;

const createSocket = (load('kafkajs/src/network/socketFactory') as () => ISocketFactory)();

/** Opens TCP or TLS sockets as kafkajs does, but sends small requests at once also while others wait for an answer. */
export const openSocket: ISocketFactory = (options) => createSocket(options).setNoDelay(true);

/** A logger of kafkajs that hands warnings and errors on. */
export function kafkajsLogger(onEntry: (entry: LogEntry) => void): KafkajsLogger {
  return createLogger({ level: LEVELS.WARN, logCreator: () => onEntry });
}

/**
 * Makes brokers with sockets of their own, which are not open yet. Without an endpoint it is the next of the configured
 * brokers.
 */
export function brokerFactory(config: ConnectionConfig): (endpoint?: Endpoint) => Promise<Broker> {
  const builder = createPoolBuilder(config);
  return async (endpoint) =>
    new BrokerClass({
      connectionPool: await builder.build(endpoint),
      allowAutoTopicCreation: false,
      nodeId: endpoint?.nodeId,
      logger: config.logger,
    });
}
