import type { StatementSync } from 'node:sqlite';
import { type OutputRecord, type OutputSession, type SessionOwner, StreamError } from '@bellwether/stream';
import type { Database } from '../database.ts';
import type { Lanes } from './lanes.ts';
import type { LogWriter } from './log-writer.ts';
import { prepareRecords } from './prepared-records.ts';

/** Who may publish for (group, topic, partition), by an epoch that every take-over raises, and how far they came. */
export class Consumers {
  readonly #raise: StatementSync;
  readonly #commit: StatementSync;

  constructor(database: Database) {
    this.#raise = database.prepare(
      `INSERT INTO consumers VALUES (?, ?, ?, 1, 0)
       ON CONFLICT DO UPDATE SET epoch = epoch + 1 RETURNING epoch, next_offset`,
    );
    this.#commit = database.prepare(
      'UPDATE consumers SET next_offset = ? WHERE name = ? AND topic = ? AND partition = ? AND epoch = ?',
    );
  }

  /** Fences all older sessions; gives the new epoch and the committed offset. */
  takeOver(owner: SessionOwner): { epoch: number; offset: number } {
    const [epoch, offset] = this.#raise.all(owner.group, owner.topic, owner.partition).flat();
    return { epoch: Number(epoch), offset: Number(offset) };
  }

  /** @throws StreamError `fenced` when the epoch is no longer the newest */
  commit(owner: SessionOwner, epoch: number, offset: number): void {
    const { changes } = this.#commit.run(offset, owner.group, owner.topic, owner.partition, epoch);
    if (changes === 0) throw fenced(owner);
  }
}

/** What all sessions of a log share. */
export interface SessionParts {
  readonly database: Database;
  readonly consumers: Consumers;
  readonly lanes: Lanes;
  readonly writer: LogWriter;
}

/** A session of the embedded log: outputs and offset are one transaction, guarded by the owner's epoch. */
export class EmbeddedSession implements OutputSession {
  readonly #owner: SessionOwner;
  readonly #parts: SessionParts;
  #epoch: number | undefined;

  constructor(owner: SessionOwner, parts: SessionParts) {
    this.#owner = owner;
    this.#parts = parts;
  }

  async takeOver(): Promise<number> {
    const { database, consumers } = this.#parts;
    const { epoch, offset } = database.transaction(() => consumers.takeOver(this.#owner));
    this.#epoch = epoch;
    return offset;
  }

  async publish(outputs: readonly OutputRecord[], commitOffset: number): Promise<void> {
    const epoch = this.#epoch;
    if (epoch === undefined) throw fenced(this.#owner);
    try {
      const records = prepareRecords(this.#parts.lanes, outputs);
      const commit = () => this.#parts.consumers.commit(this.#owner, epoch, commitOffset);
      this.#parts.writer.appendWith(commit, records);
    } catch (error) {
      this.#epoch = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#epoch = undefined;
  }
}

function fenced(owner: SessionOwner): StreamError {
  return new StreamError(
    'fenced',
    `This session of ${owner.group} may not publish for ${owner.topic}/${owner.partition}: ` +
      'a newer one took over, it failed before or it never took over.',
  );
}
