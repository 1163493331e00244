import type {
  GroupMember,
  InputRecord,
  Log,
  OutputRecord,
  OutputSession,
  Position,
  ReadOptions,
  SessionOwner,
} from '@bellwether/stream';
import type { Connections } from './client/connections.ts';
import { patiently } from './client/pause.ts';
import { Membership } from './group/membership.ts';
import { Memberships } from './group/memberships.ts';
import { unavailable } from './kafka-errors.ts';
import type { Delivery, KafkaOptions, MembershipTimes } from './options.ts';
import { Fetcher } from './reading/fetcher.ts';
import { Reader } from './reading/reader.ts';
import { IdempotentSession } from './sessions/idempotent-session.ts';
import type { SessionParts } from './sessions/session-parts.ts';
import { TransactionalSession } from './sessions/transactional-session.ts';
import { Topics } from './topics.ts';
import { GroupCommit } from './writing/group-commit.ts';
import { prepareRecords } from './writing/prepared-records.ts';

const READ_COMMITTED = 1;
const LATEST = -1;
const EARLIEST = -2;
const PATIENCE_MS = 5_000;

/** The log port over a Kafka cluster. */
export class KafkaLog implements Log {
  readonly id: string;
  readonly #connections: Connections;
  readonly #topics: Topics;
  readonly #fetcher: Fetcher;
  readonly #reader: Reader;
  readonly #groupCommit: GroupCommit;
  readonly #sessionParts: SessionParts;
  readonly #delivery: Delivery;
  readonly #times: MembershipTimes;

  constructor(connections: Connections, options: KafkaOptions) {
    const topics = new Topics(options);
    const { codec, prefix } = options;
    this.id = connections.clusterId;
    this.#connections = connections;
    this.#delivery = options.delivery;
    this.#times = options.membership ?? {};
    this.#topics = topics;
    this.#fetcher = new Fetcher(connections);
    this.#reader = new Reader({
      fetcher: this.#fetcher,
      topics,
      codec,
      endOffset: (topic, partition) => this.#offsetAt(topic, partition, LATEST),
    });
    this.#groupCommit = new GroupCommit(connections);
    this.#sessionParts = { connections, topics, codec, prefix, memberships: new Memberships() };
  }

  partitions(topic: string): number {
    return this.#topics.of(topic).partitions;
  }

  async read(from: Position, options: ReadOptions): Promise<readonly InputRecord[]> {
    return await this.#reader.read(from, options);
  }

  async startOffset(topic: string, partition: number): Promise<number> {
    return await this.#offsetAt(topic, partition, EARLIEST);
  }

  /** The end as brokers know it is after the marker of the last transaction; a reader that is there knows better. */
  async endOffset(topic: string, partition: number): Promise<number> {
    const end = await this.#offsetAt(topic, partition, LATEST);
    return this.#fetcher.endOfRecords(this.#topics.of(topic).kafkaName, partition, end);
  }

  async append(records: readonly OutputRecord[]): Promise<void> {
    if (records.length === 0) return;
    const { topics, codec } = this.#sessionParts;
    await this.#groupCommit.add(prepareRecords(records, topics, codec));
  }

  openSession(owner: SessionOwner): OutputSession {
    this.#topics.at(owner.topic, owner.partition);
    const Session = this.#delivery === 'transactional' ? TransactionalSession : IdempotentSession;
    return new Session(owner, this.#sessionParts);
  }

  async join(member: GroupMember, signal: AbortSignal): Promise<void> {
    const { connections, memberships, topics, prefix } = this.#sessionParts;
    const { kafkaName: topic, partitions } = topics.of(member.topic);
    const groupId = `${prefix}.${member.group}`;
    const parts = { connections, memberships, groupId, topic, partitions, times: this.#times };
    await new Membership(parts, member).run(signal);
  }

  /** Appends what is still to be appended and closes all connections. */
  async close(): Promise<void> {
    await this.#groupCommit.close();
    this.#fetcher.close();
  }

  async #offsetAt(name: string, partition: number, timestamp: number): Promise<number> {
    const { kafkaName: topic } = this.#topics.at(name, partition);
    const ask = async (): Promise<number> => {
      const broker = await this.#connections.shared(this.#connections.leaderOf(topic, partition) ?? -1);
      const { responses } = await broker.listOffsets({
        isolationLevel: READ_COMMITTED,
        topics: [{ topic, partitions: [{ partition, timestamp }] }],
      });
      return Number(responses[0]?.partitions[0]?.offset);
    };
    try {
      return await patiently(ask, {
        forMs: PATIENCE_MS,
        isWorthwhile: () => !this.#connections.isClosed,
        firstPauseMs: 50,
        onFailure: () => this.#connections.refreshIfPossible(),
      });
    } catch (error) {
      throw unavailable(`Kafka does not say where ${topic}/${partition} begins and ends`, error);
    }
  }
}
