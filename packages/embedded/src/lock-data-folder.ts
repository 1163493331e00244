import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asStreamError, isBusy } from './sqlite-errors.ts';

const LOCK_FILE = 'lock.sqlite';
const OWNER_FILE = 'owner.json';

/** Who uses a data folder, as told to those who come later. */
export interface FolderOwner {
  readonly processId?: number;
  /** URL at which the owner can be reached; absent until it listens. */
  readonly address?: string;
}

/** The outcome of `lockDataFolder`: the folder is ours, or who has it (as far as known). */
export type FolderLock =
  | {
      readonly ok: true;
      /** Tells later comers where this process can be reached. */
      setAddress(address: string): void;
      /** Gives the folder back; also happens by itself when the process ends, however it ends. */
      release(): void;
    }
  | ({ readonly ok: false } & FolderOwner);

/** Held here, because a connection that nobody refers to is collected, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Makes this process the only user of a data folder (made when missing). The lock is one of the operating system's,
 * held by SQLite on a file of its own: it ends with the process, so there is never a stale one. The owner's address
 * stands in a JSON file beside it, which means something only while the lock is held.
 * @throws StreamError `unavailable` when the folder cannot be used at all
 */
export function lockDataFolder(folder: string, owner: { readonly address?: string } = {}): FolderLock {
  const file = join(folder, LOCK_FILE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const connection = lock(file);
    if (connection === undefined) return { ok: false, ...readOwner(folder) };
    writeOwner(folder, owner);
    return {
      ok: true,
      setAddress: (address) => writeOwner(folder, { address }),
      release: () => release(folder, connection),
    };
  } catch (error) {
    throw asStreamError(error, file);
  }
}

/** Undefined when another process, or another caller in this one, holds the lock. */
function lock(file: string): DatabaseSync | undefined {
  const connection = new DatabaseSync(file, { timeout: 0 });
  try {
    // Nothing is ever written, so no journal has to lie beside it.
    connection.exec('PRAGMA journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
    held.add(connection);
    return connection;
  } catch (error) {
    connection.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

function release(folder: string, connection: DatabaseSync): void {
  if (!held.delete(connection)) return;
  rmSync(join(folder, OWNER_FILE), { force: true });
  connection.close();
}

/** Written beside and renamed, so that nobody reads half of it. */
function writeOwner(folder: string, owner: FolderOwner): void {
  const file = join(folder, OWNER_FILE);
  writeFileSync(`${file}.new`, JSON.stringify({ processId: process.pid, ...owner }));
  renameSync(`${file}.new`, file);
}

/** What is known of the owner; nothing when it has only just started. */
function readOwner(folder: string): FolderOwner {
  try {
    const owner: unknown = JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8'));
    return typeof owner === 'object' && owner !== null ? owner : {};
  } catch {
    return {};
  }
}
