import type { OutputRecord, OutputSession, SessionOwner } from '@bellwether/stream';
import { OwnBrokers } from '../client/own-brokers.ts';
import { patiently } from '../client/pause.ts';
import { CODE, codeOf, isPassing } from '../kafka-errors.ts';
import { prepareRecords } from '../writing/prepared-records.ts';
import { Producer } from '../writing/producer.ts';
import { committedOffset, type GroupPartition } from './committed-offset.ts';
import { fenced, type SessionParts, sessionError } from './session-parts.ts';

const TRANSACTION_TIMEOUT_MS = 60_000;
/** A group gathers anew within this time; offsets cannot be committed for a part of it. */
const PATIENCE_MS = 30_000;

interface Opened {
  readonly brokers: OwnBrokers;
  readonly coordinator: number;
  readonly producer: Producer;
}

/**
 * A session without transactions: outputs first, acknowledged by all replicas, then the offset. Readers see outputs at
 * once; after a failure between the two some come again. An older session is only stopped where the group has another
 * member for its partition: what it publishes until then is there as well.
 */
export class IdempotentSession implements OutputSession {
  readonly #owner: SessionOwner;
  readonly #place: GroupPartition;
  readonly #parts: SessionParts;
  #opened: Opened | undefined;

  constructor(owner: SessionOwner, parts: SessionParts) {
    this.#owner = owner;
    this.#parts = parts;
    this.#place = {
      groupId: `${parts.prefix}.${owner.group}`,
      topic: parts.topics.of(owner.topic).kafkaName,
      partition: owner.partition,
    };
  }

  async takeOver(): Promise<number | undefined> {
    await this.close();
    const { connections } = this.#parts;
    const brokers = new OwnBrokers(connections);
    try {
      const coordinator = await connections.coordinator('group', this.#place.groupId);
      const broker = await brokers.of(coordinator);
      const identity = await broker.initProducerId({ transactionTimeout: TRANSACTION_TIMEOUT_MS });
      const producer = new Producer(connections, identity, (nodeId) => brokers.of(nodeId));
      this.#opened = { brokers, coordinator, producer };
      return await committedOffset(broker, this.#place);
    } catch (error) {
      brokers.close();
      await this.close();
      throw sessionError(this.#owner, error);
    }
  }

  async publish(outputs: readonly OutputRecord[], commitOffset: number): Promise<void> {
    const opened = this.#opened;
    if (!opened) throw fenced(this.#owner);
    try {
      const groups = await prepareRecords(outputs, this.#parts.topics, this.#parts.codec);
      await opened.producer.send(groups);
      await this.#commit(opened, commitOffset);
    } catch (error) {
      await this.close();
      throw isRemoval(error) ? fenced(this.#owner, error) : sessionError(this.#owner, error);
    }
  }

  async close(): Promise<void> {
    this.#opened?.brokers.close();
    this.#opened = undefined;
  }

  /** As a member of the group where this process is one; a group without members takes it from anybody. */
  async #commit({ brokers, coordinator }: Opened, offset: number): Promise<void> {
    const { group, topic: name } = this.#owner;
    const { groupId, topic, partition } = this.#place;
    const commit = async (): Promise<void> => {
      const member = this.#parts.memberships.of(group, name);
      if (member && !member.partitions.includes(partition)) throw fenced(this.#owner);
      const broker = await brokers.of(coordinator);
      await broker.offsetCommit({
        groupId,
        memberId: member?.memberId ?? '',
        groupGenerationId: member?.generationId ?? -1,
        topics: [{ topic, partitions: [{ partition, offset: String(offset) }] }],
      });
    };
    await patiently(commit, {
      forMs: PATIENCE_MS,
      isWorthwhile: (error) => isPassing(error) || codeOf(error) === CODE.REBALANCE_IN_PROGRESS,
      firstPauseMs: 20,
    });
  }
}

/** The group has gathered without this member, or has other members. */
function isRemoval(error: unknown): boolean {
  const code = codeOf(error);
  return code === CODE.ILLEGAL_GENERATION || code === CODE.UNKNOWN_MEMBER;
}
