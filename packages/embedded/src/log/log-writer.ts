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
    const ends = new Map<Lane, number>();
    this.#database.durableTransaction(() => insertAll(records, ends));
    moveEnds(ends);
  }

  /** Appends for the loop, in one transaction with what `alongside` does: it runs first and refuses by throwing. */
  appendWith(alongside: () => void, records: readonly PreparedRecord[]): void {
    const ends = new Map<Lane, number>();
    this.#database.transaction(() => {
      alongside();
      insertAll(records, ends);
    });
    moveEnds(ends);
  }
}

function insertAll(records: readonly PreparedRecord[], ends: Map<Lane, number>): void {
  const nowMs = Date.now();
  for (const { lane, key, json } of records) {
    const offset = ends.get(lane) ?? lane.endOffset;
    lane.insert.run(offset, key, nowMs, json);
    ends.set(lane, offset + 1);
  }
}

function moveEnds(ends: ReadonlyMap<Lane, number>): void {
  for (const [lane, end] of ends) {
    lane.endOffset = end;
    lane.wake();
  }
}
