import type { Connections } from '../client/connections.ts';
import { OwnBrokers } from '../client/own-brokers.ts';
import { patiently } from '../client/pause.ts';
import { CODE, codeOf, isPassing } from '../kafka-errors.ts';
import type { Broker } from '../kafkajs-internals.ts';
import type { PartitionRecords } from '../writing/prepared-records.ts';
import { Producer, type ProducerIdentity } from '../writing/producer.ts';
import { committedOffset, type GroupPartition, waitFor } from './committed-offset.ts';

/** A transactional id and the input partition whose offset it commits. */
export interface TransactionOwner extends GroupPartition {
  readonly transactionalId: string;
}

/** The broker aborts a transaction that is open for longer. */
const TRANSACTION_TIMEOUT_MS = 60_000;
/** The end of a transaction is asked for again for so long while the coordinator is not ready. */
const PATIENCE_MS = 10_000;

/**
 * The transactions of one owner, one after the other. kafkajs' producer is not used: it asks for the coordinator again
 * before each of its steps, takes them one after the other, and keeps going after a commit that was not answered.
 * Any error leaves it to be thrown away.
 */
export class Transactions {
  readonly #owner: TransactionOwner;
  readonly #brokers: OwnBrokers;
  readonly #identity: Required<ProducerIdentity>;
  readonly #producer: Producer;
  readonly #coordinators: Coordinators;

  private constructor(
    connections: Connections,
    owner: TransactionOwner,
    opened: { brokers: OwnBrokers; coordinators: Coordinators; producerId: string; producerEpoch: number },
  ) {
    const { brokers, coordinators, producerId, producerEpoch } = opened;
    this.#owner = owner;
    this.#brokers = brokers;
    this.#coordinators = coordinators;
    this.#identity = { producerId, producerEpoch, transactionalId: owner.transactionalId };
    this.#producer = new Producer(connections, this.#identity, (nodeId) => brokers.of(nodeId));
  }

  /** Fences all older owners of the transactional id; a transaction that one of them left open is decided first. */
  static async begin(connections: Connections, owner: TransactionOwner): Promise<Transactions> {
    const { transactionalId, groupId } = owner;
    const brokers = new OwnBrokers(connections);
    try {
      const coordinators = {
        transaction: await connections.coordinator('transaction', transactionalId),
        group: await connections.coordinator('group', groupId),
      };
      const broker = await brokers.of(coordinators.transaction);
      const identity = await waitFor(() =>
        broker.initProducerId({ transactionalId, transactionTimeout: TRANSACTION_TIMEOUT_MS }),
      );
      return new Transactions(connections, owner, { brokers, coordinators, ...identity });
    } catch (error) {
      brokers.close();
      throw error;
    }
  }

  /** The offset that was committed last, in a transaction that is decided everywhere; undefined when there is none. */
  async committedOffset(): Promise<number | undefined> {
    return await committedOffset(await this.#brokers.of(this.#coordinators.group), this.#owner);
  }

  /** One transaction: all records and the offset, or nothing. */
  async commit(groups: readonly PartitionRecords[], offset: number): Promise<void> {
    const coordinator = await this.#brokers.of(this.#coordinators.transaction);
    await this.#enlist(coordinator, groups);
    await Promise.all([this.#producer.send(groups), this.#sendOffset(offset)]);
    await this.#end(coordinator);
  }

  close(): void {
    this.#brokers.close();
  }

  /** Both requests go out at once; the broker takes them in this order, because they share a connection. */
  async #enlist(coordinator: Broker, groups: readonly PartitionRecords[]): Promise<void> {
    const topics = Array.from(
      Map.groupBy(groups, ({ topic }) => topic),
      ([topic, ofTopic]) => ({ topic, partitions: ofTopic.map(({ partition }) => partition) }),
    );
    const { groupId } = this.#owner;
    await Promise.all([
      topics.length > 0 && waitFor(() => coordinator.addPartitionsToTxn({ ...this.#identity, topics })),
      waitFor(() => coordinator.addOffsetsToTxn({ ...this.#identity, groupId })),
    ]);
  }

  /**
   * Not tried again without an answer: what it brought about is then for the next owner to find out. A take-over at the
   * same moment may come out as an unknown error of the broker; asked again, it says which of the two was first.
   */
  async #end(coordinator: Broker): Promise<void> {
    await patiently(() => coordinator.endTxn({ ...this.#identity, transactionResult: true }), {
      forMs: PATIENCE_MS,
      isWorthwhile: (error) => isPassing(error) || codeOf(error) === CODE.UNKNOWN_SERVER_ERROR,
    });
  }

  async #sendOffset(offset: number): Promise<void> {
    const { groupId, topic, partition } = this.#owner;
    const broker = await this.#brokers.of(this.#coordinators.group);
    const topics = [{ topic, partitions: [{ partition, offset: String(offset) }] }];
    await waitFor(() => broker.txnOffsetCommit({ ...this.#identity, groupId, topics }));
  }
}

interface Coordinators {
  readonly transaction: number;
  readonly group: number;
}
