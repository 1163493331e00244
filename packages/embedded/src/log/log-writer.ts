import type { Database } from '../database.ts';
import type { Lane } from './lanes.ts';
import type { PreparedRecord } from './prepared-records.ts';

/** Writes records at the ends of their lanes; the ends move and readers wake only after the transaction committed. */
export class LogWriter {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Appends for the outside world: on disk when this returns. */
  appendDurably(records: readonly PreparedRecord[]): void {
    this.#append(records, (insert) => this.#database.durableTransaction(insert));
  }

  /** Appends for the loop, in one transaction with what `alongside` does: it runs first and refuses by throwing. */
  appendWith(alongside: () => void, records: readonly PreparedRecord[]): void {
    this.#append(records, (insert) =>
      this.#database.transaction(() => {
        alongside();
        insert();
      }),
    );
  }

  #append(records: readonly PreparedRecord[], inTransaction: (insert: () => void) => void): void {
    const ends = new Map<Lane, number>();
    try {
      inTransaction(() => insertAll(records, ends));
    } catch (error) {
      // What was noted of these lanes is not what is in them.
      for (const lane of ends.keys()) lane.compaction?.forget();
      throw error;
    }
    moveEnds(ends);
  }
}

function insertAll(records: readonly PreparedRecord[], ends: Map<Lane, number>): void {
  const nowMs = Date.now();
  for (const { lane, key, json } of records) {
    const offset = ends.get(lane) ?? lane.endOffset;
    ends.set(lane, offset + 1);
    lane.insert.run(offset, key, nowMs, json);
    lane.compaction?.note(key, offset);
  }
  for (const [lane, end] of ends) lane.compaction?.sweep(end - lane.endOffset);
}

function moveEnds(ends: ReadonlyMap<Lane, number>): void {
  for (const [lane, end] of ends) {
    lane.endOffset = end;
    lane.wake();
  }
}
