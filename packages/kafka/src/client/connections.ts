import { StreamError } from '@bellwether/stream';
import {
  type Broker,
  brokerFactory,
  type Endpoint,
  kafkajsLogger,
  openSocket,
} from '../kafkajs-internals.ts';
import type { KafkaOptions } from '../options.ts';
import { type ClusterMetadata, metadataRequest } from '../protocol/metadata.ts';
import { OwnBrokers } from './own-brokers.ts';
import { patiently, pause } from './pause.ts';

const CONNECT_MS = 3_000;
const REQUEST_MS = 20_000;
const REFRESH_PAUSE_MS = 100;
const COORDINATOR_PATIENCE_MS = 15_000;
const CLOSED = 'the connection was closed';

/** The brokers of a cluster: who leads which partition, and sockets to them. */
export class Connections {
  readonly #brokers: readonly string[];
  readonly #create: (endpoint?: Endpoint) => Promise<Broker>;
  readonly #own = new Set<Broker>();
  readonly #shared = new OwnBrokers(this);
  readonly #followed = new Set<string>();
  #metadata: ClusterMetadata | undefined;
  #leaders = new Map<string, readonly number[]>();
  #refreshing: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: Pick<KafkaOptions, 'brokers' | 'clientId' | 'ssl' | 'sasl' | 'onLog'>) {
    this.#brokers = options.brokers;
    this.#create = brokerFactory({
      logger: kafkajsLogger(({ label, namespace, log }) =>
        options.onLog?.({
          level: label === 'ERROR' ? 'error' : 'warn',
          message: `kafkajs ${namespace}: ${log.message}`,
        }),
      ),
      socketFactory: openSocket,
      brokers: options.brokers,
      clientId: options.clientId,
      ssl: options.ssl,
      sasl: options.sasl,
      connectionTimeout: CONNECT_MS,
      requestTimeout: REQUEST_MS,
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }
  get clusterId(): string {
    return this.#metadata?.clusterId ?? '';
  }

  /** What the cluster says of itself and of some topics. @throws StreamError `unavailable` that names the brokers */
  async metadata(topics: readonly string[]): Promise<ClusterMetadata> {
    let reason: unknown;
    for (const ask of this.#sources()) {
      try {
        return await ask((broker) => broker.connectionPool.send(metadataRequest(topics)));
      } catch (error) {
        reason = error;
      }
    }
    const message = reason instanceof Error ? reason.message : 'it was closed';
    throw new StreamError(
      'unavailable',
      `Kafka at ${this.#brokers.join(', ')} does not answer (${message}). Is it running, and is this its address?`,
      { cause: reason },
    );
  }

  /** Learns anew who leads which partition of the topics that are followed. Calls that come together share one. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Topics whose leaders are to be known from now on. */
  async follow(topics: readonly string[]): Promise<void> {
    for (const topic of topics) this.#followed.add(topic);
    await this.#refreshing;
    await this.refresh();
  }

  /** Before something is tried again. Whoever tries is told what is wrong, so a failure of this is not. */
  async refreshIfPossible(): Promise<void> {
    await this.refresh().catch(() => undefined);
  }

  /** The broker that leads a partition, as far as is known; undefined when nobody does. */
  leaderOf(topic: string, partition: number): number | undefined {
    const leader = this.#leaders.get(topic)?.[partition];
    return leader === undefined || leader < 0 ? undefined : leader;
  }

  /** A broker over sockets that all share: for short requests only, because it answers them in turn. */
  async shared(nodeId: number): Promise<Broker> {
    return await this.#shared.of(nodeId);
  }

  /** The broker that creates topics. */
  async controller(): Promise<Broker> {
    return await this.shared(this.#metadata?.controllerId ?? -1);
  }

  /** A broker over sockets of its own, to be closed with `close`. */
  async open(nodeId: number): Promise<Broker> {
    const endpoint = this.#metadata?.brokers.find((broker) => broker.nodeId === nodeId);
    if (!endpoint)
      throw new StreamError('unavailable', `Broker ${nodeId} of the Kafka cluster is not there.`);
    return await this.#connect(endpoint);
  }

  /** Closes the sockets at once; requests that wait for an answer fail. */
  close(broker: Broker): void {
    this.#own.delete(broker);
    // kafkajs would open a closed socket again for the next request.
    broker.connectionPool.getConnection = () => Promise.reject(new Error(CLOSED));
    for (const connection of broker.connectionPool.pool) {
      connection.rejectRequests(new Error(CLOSED));
      // Nobody waits for the socket to be closed, and a failure to close leaves nothing to be done.
      connection.disconnect().catch(() => undefined);
    }
  }

  /** The broker that looks after a consumer group or a transactional id. */
  async coordinator(kind: 'group' | 'transaction', id: string): Promise<number> {
    const find = async (): Promise<number> => {
      const broker = await this.shared(this.#anyNode());
      const coordinatorType = kind === 'group' ? 0 : 1;
      return (await broker.findGroupCoordinator({ groupId: id, coordinatorType })).coordinator.nodeId;
    };
    return await patiently(find, {
      forMs: COORDINATOR_PATIENCE_MS,
      // On a new cluster the topic that coordinators keep their state in is only made by the first request.
      isWorthwhile: (error) => (error as { retriable?: boolean }).retriable === true && !this.#isClosed,
      firstPauseMs: 50,
      onFailure: () => this.refreshIfPossible(),
    });
  }

  closeAll(): void {
    this.#isClosed = true;
    for (const broker of this.#own) this.close(broker);
  }

  /** Whom to ask for metadata: brokers that are known, then those of the configuration. */
  *#sources(): Iterable<<Answer>(ask: (broker: Broker) => Promise<Answer>) => Promise<Answer>> {
    for (const { nodeId } of this.#metadata?.brokers ?? [])
      yield async (ask) => ask(await this.shared(nodeId));
    for (let i = 0; i < this.#brokers.length; i += 1) {
      yield async (ask) => {
        // Closed after the question: its address may be another than the one that the cluster gives for it.
        const broker = await this.#connect();
        try {
          return await ask(broker);
        } finally {
          this.close(broker);
        }
      };
    }
  }

  async #connect(endpoint?: Endpoint): Promise<Broker> {
    if (this.#isClosed) throw new StreamError('unavailable', 'The connection to Kafka was closed.');
    const broker = await this.#create(endpoint);
    this.#own.add(broker);
    try {
      await broker.connect();
    } catch (error) {
      this.close(broker);
      throw error;
    }
    if (this.#isClosed) this.close(broker);
    return broker;
  }

  async #refresh(): Promise<void> {
    try {
      const metadata = await this.metadata([...this.#followed]);
      this.#metadata = metadata;
      this.#leaders = new Map(metadata.topics.map(({ topic, leaders }) => [topic, leaders]));
    } catch (error) {
      await pause(REFRESH_PAUSE_MS);
      throw error;
    }
  }

  #anyNode(): number {
    const nodes = this.#metadata?.brokers ?? [];
    return nodes[Math.floor(Math.random() * nodes.length)]?.nodeId ?? -1;
  }
}
