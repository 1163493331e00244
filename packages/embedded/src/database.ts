import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { asStreamError } from './sqlite-errors.ts';

const PAGE_CACHE_KIB = 65_536;
/** Pages of 4 KiB in the journal before SQLite copies them to the file. */
const CHECKPOINT_PAGES = 4_000;
const JOURNAL_KEPT_BYTES = 67_108_864;

/**
 * The one SQLite connection of a data folder. Log and store share it and so its journal: what is lost when the power
 * fails is a suffix of their common history (docs/adr/0002).
 */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #file: string;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;

  /**
   * @param file path of the SQLite file, or `:memory:`
   * @throws StreamError `unavailable` when the file cannot be used (in use, damaged, no permission, disk full)
   */
  constructor(file: string) {
    this.#file = file === ':memory:' ? 'The data in memory' : file;
    try {
      this.#connection = new DatabaseSync(file);
    } catch (error) {
      throw asStreamError(error, file);
    }
    try {
      configure(this.#connection, file);
      this.#begin = this.#connection.prepare('BEGIN IMMEDIATE');
      this.#commit = this.#connection.prepare('COMMIT');
    } catch (error) {
      this.#connection.close();
      throw asStreamError(error, file);
    }
  }

  execute(sql: string): void {
    this.attempt(() => this.#connection.exec(sql));
  }

  /** A statement whose rows come as arrays, in the order of the columns: half the cost of objects. */
  prepare(sql: string): StatementSync {
    return this.attempt(() => {
      const statement = this.#connection.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    });
  }

  /** Runs `work`; a failing disk or file becomes a StreamError `unavailable`. */
  attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw asStreamError(error, this.#file);
    }
  }

  /** All of `work` or nothing. After a power failure it may be undone, but never without all that came after it. */
  transaction<Result>(work: () => Result): Result {
    return this.attempt(() => {
      this.#begin.run();
      try {
        const result = work();
        this.#commit.run();
        return result;
      } catch (error) {
        // SQLite has already rolled back by itself after some faults (a full disk).
        if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** A transaction that is on disk when this returns, and with it everything committed before. */
  durableTransaction<Result>(work: () => Result): Result {
    this.execute('PRAGMA synchronous = FULL');
    try {
      return this.transaction(work);
    } finally {
      this.execute('PRAGMA synchronous = NORMAL');
    }
  }

  close(): void {
    if (this.#connection.isOpen) this.attempt(() => this.#connection.close());
  }
}

/** Exclusive locking keeps a second process out and saves the shared index file; it comes before the journal mode. */
function configure(connection: DatabaseSync, file: string): void {
  connection.exec('PRAGMA locking_mode = EXCLUSIVE');
  connection.exec(file === ':memory:' ? 'PRAGMA journal_mode = MEMORY' : 'PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = NORMAL');
  connection.exec('PRAGMA temp_store = MEMORY');
  connection.exec(`PRAGMA cache_size = -${PAGE_CACHE_KIB}`);
  connection.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  connection.exec(`PRAGMA journal_size_limit = ${JOURNAL_KEPT_BYTES}`);
}
