import type { OutputRecord, OutputSession, SessionOwner } from '@bellwether/stream';
import { prepareRecords } from '../writing/prepared-records.ts';
import { beginSession, fenced, type SessionParts, sessionError, transactionalIdOf } from './session-parts.ts';
import { Transactions } from './transaction.ts';

/**
 * A session whose outputs and offset are one transaction of Kafka, guarded by a transactional id of its own: readers of
 * committed records see each output once, and an older session of the same owner can neither publish nor commit.
 */
export class TransactionalSession implements OutputSession {
  readonly #owner: SessionOwner;
  readonly #parts: SessionParts;
  #transactions: Transactions | undefined;

  constructor(owner: SessionOwner, parts: SessionParts) {
    this.#owner = owner;
    this.#parts = parts;
  }

  /** Fences first and only then reads the offset: what an older session still had open is decided by then. */
  async takeOver(): Promise<number | undefined> {
    return await beginSession(this.#owner, { begin: () => this.#begin(), close: () => this.close() });
  }

  async #begin(): Promise<number | undefined> {
    const { connections, topics, prefix } = this.#parts;
    const { group, topic, partition } = this.#owner;
    await this.close();
    this.#transactions = await Transactions.begin(connections, {
      transactionalId: transactionalIdOf(prefix, this.#owner),
      groupId: `${prefix}.${group}`,
      topic: topics.of(topic).kafkaName,
      partition,
    });
    return await this.#transactions.committedOffset();
  }

  async publish(outputs: readonly OutputRecord[], commitOffset: number): Promise<void> {
    const transactions = this.#transactions;
    if (!transactions) throw fenced(this.#owner);
    try {
      const groups = await prepareRecords(outputs, this.#parts.topics, this.#parts.codec);
      await transactions.commit(groups, commitOffset);
    } catch (error) {
      await this.close();
      throw sessionError(this.#owner, error);
    }
  }

  async close(): Promise<void> {
    this.#transactions?.close();
    this.#transactions = undefined;
  }
}
