import { StreamError } from '@bellwether/stream';
import {
  BSON,
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoCompatibilityError,
  MongoError,
  MongoInvalidArgumentError,
  MongoNetworkTimeoutError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';

/** Server error codes (mongo/src/mongo/base/error_codes.yml) that an operator can do something about. */
const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;
const DUPLICATE_KEY = 11_000;
const TOO_LARGE = new Set([10_334, 17_280, 17_419, 17_420]);

/** Does something with the server; what goes wrong comes out as a StreamError with one plain sentence. */
export type Attempt = <T>(work: () => Promise<T>) => Promise<T>;

/** @param server hosts as the operator knows them, without credentials */
export function attempts(server: string): Attempt {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      throw asStreamError(error, server);
    }
  };
}

/**
 * What went wrong as a StreamError: `refused` where the server can never take a document, otherwise `unavailable`; of a
 * write that failed nobody knows then whether it was done. A fault of ours comes back unchanged.
 */
export function asStreamError(error: unknown, server: string): unknown {
  if (error instanceof StreamError) return error;
  const place = `MongoDB at ${server}`;
  if (isTooLarge(error)) {
    return new StreamError('refused', `${place} keeps no document larger than 16 MiB.`, { cause: error });
  }
  if (!(error instanceof MongoError)) return error;
  return new StreamError('unavailable', sentence(error, place), { cause: error });
}

/** True when nothing went wrong but that some of the documents to be inserted were there already. */
export function isOnlyDuplicates(error: unknown): error is MongoBulkWriteError {
  if (!(error instanceof MongoBulkWriteError)) return false;
  const errors = [error.writeErrors].flat();
  if (errors.length === 0 || error.result.getWriteConcernError() !== undefined) return false;
  return errors.every(({ code }) => code === DUPLICATE_KEY);
}

/** True when the server answered that it did not do it; false when nobody knows what became of it. */
export function isRefusal(error: unknown): boolean {
  // A bulk write whose connection failed carries what that failed with.
  if (error instanceof MongoBulkWriteError && error.errorResponse instanceof MongoError) {
    return isRefusal(error.errorResponse);
  }
  return error instanceof MongoServerError;
}

/** By the server, or by the driver before it sends anything: its buffer ends at 17 MiB. */
function isTooLarge(error: unknown): boolean {
  if (error instanceof MongoBulkWriteError) {
    return [error.writeErrors].flat().some(({ code }) => TOO_LARGE.has(code));
  }
  if (error instanceof MongoInvalidArgumentError)
    return error.message.includes('larger than the maximum size');
  return error instanceof RangeError || error instanceof BSON.BSONError;
}

function sentence(error: MongoError, place: string): string {
  // A bulk write whose connection failed carries what that failed with.
  if (error instanceof MongoBulkWriteError && error.errorResponse instanceof MongoError) {
    return sentence(error.errorResponse, place);
  }
  if (
    error instanceof MongoClientClosedError ||
    error instanceof MongoTopologyClosedError ||
    error instanceof MongoNotConnectedError
  ) {
    return `The connection to ${place} is closed.`;
  }
  if (error.cause instanceof MongoCompatibilityError)
    return `${place} is too old: version 4.4 or newer is needed.`;
  if (error instanceof MongoNetworkTimeoutError) return `${place} did not answer in time.`;
  if (error instanceof MongoServerSelectionError) return `${place} cannot be reached: ${error.message}.`;
  if (!(error instanceof MongoServerError)) return `The connection to ${place} failed: ${error.message}.`;
  if (error.code === AUTHENTICATION_FAILED) return `${place} does not accept the user name and password.`;
  if (error.code === UNAUTHORIZED) return `${place} does not give the user the rights: ${error.message}.`;
  return `${place} answered with an error: ${error.message}.`;
}
