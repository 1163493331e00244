import type { OutputRecord, OutputSession, SessionOwner } from '@bellwether/stream';
import { OwnBrokers } from '../client/own-brokers.ts';
import { patiently } from '../client/pause.ts';
import type { Member } from '../group/memberships.ts';
import { CODE, codeOf, isPassing } from '../kafka-errors.ts';
import { prepareRecords } from '../writing/prepared-records.ts';
import { Producer } from '../writing/producer.ts';
import { committedOffset, type GroupPartition, waitFor } from './committed-offset.ts';
import { beginSession, fenced, type SessionParts, sessionError, transactionalIdOf } from './session-parts.ts';

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
 * once; after a failure between the two some come again. An older session is stopped where the group has another member
 * for its partition, and where the newer one has written: the last of a key is never from before.
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
    return await beginSession(this.#owner, { begin: () => this.#begin(), close: () => this.close() });
  }

  async #begin(): Promise<number | undefined> {
    await this.close();
    const { connections, prefix } = this.#parts;
    const transactionalId = transactionalIdOf(prefix, this.#owner);
    const brokers = new OwnBrokers(connections);
    try {
      const coordinator = await connections.coordinator('group', this.#place.groupId);
      const numbering = await brokers.of(await connections.coordinator('transaction', transactionalId));
      // Nothing it writes is part of a transaction; the id is there for its epoch, which brokers compare.
      const { producerId, producerEpoch } = await waitFor(() =>
        numbering.initProducerId({ transactionalId, transactionTimeout: TRANSACTION_TIMEOUT_MS }),
      );
      const producer = new Producer(connections, { producerId, producerEpoch }, (nodeId) =>
        brokers.of(nodeId),
      );
      const offset = await committedOffset(await brokers.of(coordinator), this.#place);
      this.#opened = { brokers, coordinator, producer };
      return offset;
    } catch (error) {
      brokers.close();
      throw error;
    }
  }

  async publish(outputs: readonly OutputRecord[], commitOffset: number): Promise<void> {
    const opened = this.#opened;
    if (!opened) throw fenced(this.#owner);
    try {
      const groups = await prepareRecords(outputs, this.#parts.topics, this.#parts.codec);
      this.#membership();
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
    const { groupId, topic, partition } = this.#place;
    const commit = async (): Promise<void> => {
      const member = this.#membership();
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

  /** Undefined where this process takes part in no group. @throws StreamError `fenced` for another's partition */
  #membership(): Member | undefined {
    const { group, topic, partition } = this.#owner;
    const member = this.#parts.memberships.of(group, topic);
    if (member && !member.partitions.includes(partition)) throw fenced(this.#owner);
    return member;
  }
}

/** The group has gathered without this member, or has other members. */
function isRemoval(error: unknown): boolean {
  const code = codeOf(error);
  return code === CODE.ILLEGAL_GENERATION || code === CODE.UNKNOWN_MEMBER;
}
