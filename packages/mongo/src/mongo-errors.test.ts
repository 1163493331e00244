import { StreamError } from '@bellwether/stream';
import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoServerError,
} from 'mongodb';
import { describe, expect, it } from 'vitest';
import { asStreamError, isOnlyDuplicates } from './mongo-errors.ts';

const server = 'db.example.org:27017';
const bulk = (codes: readonly number[], writeConcernError?: object): MongoBulkWriteError => {
  const writeErrors = codes.map((code) => ({ code }));
  const result = { getWriteConcernError: () => writeConcernError };
  // The driver alone makes these; a test needs only what is read of them.
  return new MongoBulkWriteError({ message: 'failed', code: 1, writeErrors } as never, result as never);
};

describe('what goes wrong with the server', () => {
  it.each([
    [new MongoNetworkTimeoutError('x'), `MongoDB at ${server} did not answer in time.`],
    [
      new MongoNetworkError('connection 5 closed'),
      `The connection to MongoDB at ${server} failed: connection 5 closed.`,
    ],
    [new MongoClientClosedError(), `The connection to MongoDB at ${server} is closed.`],
    [
      new MongoServerError({ message: 'Authentication failed', code: 18 }),
      `MongoDB at ${server} does not accept the user name and password.`,
    ],
    [
      new MongoServerError({ message: 'not authorized on bellwether', code: 13 }),
      `MongoDB at ${server} does not give the user the rights: not authorized on bellwether.`,
    ],
    [
      new MongoServerError({ message: 'not primary', code: 10_107 }),
      `MongoDB at ${server} answered with an error: not primary.`,
    ],
    [bulk([112]), `MongoDB at ${server} answered with an error: failed.`],
  ])('%s is one plain sentence, and worth another take-over', (error, sentence) => {
    const told = asStreamError(error, server);
    expect(told).toBeInstanceOf(StreamError);
    expect(told).toMatchObject({ code: 'unavailable', retriable: true, message: sentence, cause: error });
  });

  it.each([
    bulk([11_000, 10_334]),
    bulk([17_419]),
    new MongoInvalidArgumentError('Document is larger than the maximum size 16777216'),
    new RangeError('The value of "offset" is out of range.'),
  ])('%s is a document that it never takes', (error) => {
    expect(asStreamError(error, server)).toMatchObject({ code: 'refused', retriable: false });
  });

  it('leaves faults of ours as they are', () => {
    const fault = new TypeError('x is undefined');
    expect(asStreamError(fault, server)).toBe(fault);
    const known = new StreamError('refused', 'no name');
    expect(asStreamError(known, server)).toBe(known);
  });
});

describe('a bulk write that failed', () => {
  it('is a conflict only when every failure is a document that was there already', () => {
    expect(isOnlyDuplicates(bulk([11_000, 11_000]))).toBe(true);
    expect(isOnlyDuplicates(bulk([11_000, 112]))).toBe(false);
    expect(isOnlyDuplicates(bulk([]))).toBe(false);
    expect(isOnlyDuplicates(bulk([11_000], { code: 64 }))).toBe(false);
    expect(isOnlyDuplicates(new MongoNetworkError('cut'))).toBe(false);
  });
});
