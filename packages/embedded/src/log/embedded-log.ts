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
import { untilAborted } from '@bellwether/stream';
import type { Database } from '../database.ts';
import type { EventLoopTurns } from '../event-loop-turns.ts';
import { GroupCommit } from './group-commit.ts';
import { type Lane, Lanes, type TopicLayout } from './lanes.ts';
import { LogWriter } from './log-writer.ts';
import { Consumers, EmbeddedSession, type SessionParts } from './output-session.ts';
import { prepareRecords } from './prepared-records.ts';

/** A read ends early when it has gathered this many characters of JSON, so that large values do not fill the memory. */
const READ_CHARACTERS = 16_777_216;

/** What the log is made of. */
export interface LogParts extends TopicLayout {
  readonly database: Database;
  readonly turns: EventLoopTurns;
}

/** The log port over SQLite: one process, so that waiting readers are woken by the very call that appended. */
export class EmbeddedLog implements Log {
  /** Log and store are one file, so that one can never meet another's. */
  readonly id = 'embedded';
  readonly #database: Database;
  readonly #turns: EventLoopTurns;
  readonly #lanes: Lanes;
  readonly #parts: SessionParts;
  readonly #groupCommit: GroupCommit;

  constructor({ database, turns, ...topics }: LogParts) {
    const writer = new LogWriter(database);
    this.#database = database;
    this.#turns = turns;
    this.#lanes = new Lanes(database, topics);
    this.#parts = { database, lanes: this.#lanes, writer, consumers: new Consumers(database) };
    this.#groupCommit = new GroupCommit((records) => writer.appendDurably(records));
  }

  partitions(topic: string): number {
    return this.#lanes.ofTopic(topic).length;
  }

  async startOffset(topic: string, partition: number): Promise<number> {
    this.#lanes.at(topic, partition);
    return 0;
  }

  async endOffset(topic: string, partition: number): Promise<number> {
    return this.#lanes.at(topic, partition).endOffset;
  }

  async append(records: readonly OutputRecord[]): Promise<void> {
    if (records.length > 0) await this.#groupCommit.add(prepareRecords(this.#lanes, records));
  }

  openSession(owner: SessionOwner): OutputSession {
    this.#lanes.at(owner.topic, owner.partition);
    return new EmbeddedSession(owner, this.#parts);
  }

  /** One process does all the work, so every partition is its own. */
  async join(member: GroupMember, signal: AbortSignal): Promise<void> {
    member.onAssigned([...this.#lanes.ofTopic(member.topic).keys()]);
    await untilAborted(signal);
  }

  async read(from: Position, options: ReadOptions): Promise<readonly InputRecord[]> {
    const lane = this.#lanes.at(from.topic, from.partition);
    await this.#turns.next();
    if (lane.endOffset <= from.offset) await waitForRecord(lane, from.offset, options);
    if (options.signal?.aborted || lane.endOffset <= from.offset || options.limit < 1) return [];
    return this.#database.attempt(() => readLane(lane, from.offset, options.limit));
  }

  /** Writes what is still to be appended and lets waiting readers go. */
  close(): void {
    this.#groupCommit.flush();
    this.#lanes.close();
  }
}

function readLane(lane: Lane, offset: number, limit: number): InputRecord[] {
  const records: InputRecord[] = [];
  let characters = 0;
  for (const row of lane.select.iterate(offset, limit) as Iterable<unknown>) {
    const [at, key, timestampMs, json] = row as [number, string, number, string];
    const value: unknown = JSON.parse(json);
    records.push({ topic: lane.topic, partition: lane.partition, offset: at, key, timestampMs, value });
    characters += json.length;
    if (characters >= READ_CHARACTERS) break;
  }
  return records;
}

/** Until the lane gets a record, `waitMs` have passed, the signal fires or the log closes. */
function waitForRecord(lane: Lane, offset: number, { waitMs, signal }: ReadOptions): Promise<void> {
  if (waitMs <= 0 || signal?.aborted || lane.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      lane.waiting.delete(onRecord);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    // A reader ahead of the end (its log was shorter than its store) goes on waiting.
    const onRecord = (): void => {
      if (lane.endOffset > offset || lane.closed) finish();
      else lane.waiting.add(onRecord);
    };
    const timer = setTimeout(finish, waitMs);
    lane.waiting.add(onRecord);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
