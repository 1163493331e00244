import { StreamError } from '@bellwether/stream';

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that an operator can do something about. */
const BUSY = 5;
const LOCKED = 6;
const PERMISSION = 3;
const READONLY = 8;
const INPUT_OUTPUT = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const AUTHORIZATION = 23;
const NOT_A_DATABASE = 26;

/**
 * What went wrong as one plain sentence in a StreamError `unavailable`. Anything that is not a fault of the disk, the
 * file or its owner is a fault of ours and comes back unchanged.
 */
export function asStreamError(error: unknown, file: string): unknown {
  const sentence = sentenceFor(error, file);
  return sentence === undefined ? error : new StreamError('unavailable', sentence, { cause: error });
}

/** True when another connection holds a lock that this one needs. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === BUSY;
}

function sentenceFor(error: unknown, file: string): string | undefined {
  if (!(error instanceof Error) || error instanceof StreamError || !('code' in error)) return undefined;
  switch (error.code) {
    case 'ERR_SQLITE_ERROR':
      return 'errcode' in error ? sqliteSentence(Number(error.errcode) & 0xff, file) : undefined;
    case 'ERR_INVALID_STATE':
      return `${file} is closed.`;
    case 'ENOSPC':
      return `There is no space left on the disk of ${file}.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EEXIST':
    case 'ENOTDIR':
    case 'ENOENT':
      return notAccessible(file);
    default:
      return undefined;
  }
}

function sqliteSentence(code: number, file: string): string | undefined {
  switch (code) {
    case BUSY:
    case LOCKED:
      return `${file} is in use by another process.`;
    case FULL:
      return `There is no space left on the disk of ${file}.`;
    case CORRUPT:
    case NOT_A_DATABASE:
      return `${file} is damaged or is not a data file of bellwether: restore a copy or use another data folder.`;
    case PERMISSION:
    case READONLY:
    case CANNOT_OPEN:
    case AUTHORIZATION:
      return notAccessible(file);
    case INPUT_OUTPUT:
      return `The disk failed while ${file} was read or written.`;
    default:
      return undefined;
  }
}

function notAccessible(file: string): string {
  return `${file} cannot be opened for writing: check that its folder is a folder and that you may write there.`;
}
