import { afterEach, describe, expect, it, vi } from 'vitest';
import { filterInUse, RequestQueue, unpatched } from './kafkajs-internals.ts';
import { type DecodedMessage, filterAborted, scheduleOnlyWhatWaits } from './kafkajs-patches.ts';

const ABORT = Buffer.from([0, 0, 0, 0]);
const COMMIT = Buffer.from([0, 0, 0, 1]);

function data(offset: number, producer: number, key: Buffer | null = Buffer.from('k')): DecodedMessage {
  const batchContext = { producerId: String(producer), inTransaction: true };
  return { offset: String(offset), key, isControlRecord: false, batchContext };
}
function marker(offset: number, producer: number, key: Buffer): DecodedMessage {
  return { ...data(offset, producer, key), isControlRecord: true };
}
const aborted = (producer: number, firstOffset: number) => ({
  producerId: String(producer),
  firstOffset: String(firstOffset),
});

/** Fetch answers that kafkajs 2.2.4 reads wrongly: what is in them, and what a reader of committed records may see. */
const CASES = {
  'transactions that overlap, named in the order of their ends': {
    messages: [data(0, 1), data(1, 2), data(2, 1), marker(3, 2, ABORT), data(4, 1), marker(5, 1, ABORT)],
    abortedTransactions: [aborted(2, 1), aborted(1, 0)],
    committed: [],
  },
  'a fetch that starts inside two aborted transactions': {
    messages: [data(10, 2), data(11, 1), marker(12, 1, ABORT), data(13, 2), marker(14, 2, ABORT)],
    abortedTransactions: [aborted(1, 3), aborted(2, 4)],
    committed: [],
  },
  'a record whose key is four zero bytes inside an aborted transaction': {
    messages: [data(0, 1), data(1, 1, ABORT), data(2, 1), marker(3, 1, ABORT)],
    abortedTransactions: [aborted(1, 0)],
    committed: [],
  },
};

const dataOffsets = (messages: readonly DecodedMessage[]) =>
  messages.filter((message) => !message.isControlRecord).map((message) => Number(message.offset));

describe('the filter of aborted messages', () => {
  describe.each(Object.entries(CASES))('with %s', (_name, { messages, abortedTransactions, committed }) => {
    it('lets none through', () => {
      expect(dataOffsets(filterAborted({ messages, abortedTransactions }))).toEqual(committed);
    });
    it('is needed: kafkajs lets some through', () => {
      const found = dataOffsets(unpatched.filterAborted({ messages, abortedTransactions }));
      expect(found.length).toBeGreaterThan(committed.length);
    });
  });

  it('keeps what was committed before, between and after', () => {
    const messages = [
      data(0, 1),
      marker(1, 1, COMMIT),
      data(2, 1),
      data(3, 2),
      marker(4, 1, ABORT),
      data(5, 1),
      marker(6, 1, COMMIT),
      marker(7, 2, COMMIT),
      { ...data(8, 1), batchContext: { producerId: '1', inTransaction: false } },
    ];
    expect(dataOffsets(filterAborted({ messages, abortedTransactions: [aborted(1, 2)] }))).toEqual([
      0, 3, 5, 8,
    ]);
    expect(filterAborted({ messages, abortedTransactions: [] })).toBe(messages);
  });

  it('is the one that consumers of kafkajs in this process use', () => {
    expect(filterInUse).toBe(filterAborted);
  });
});

describe('the timers of idle connections', () => {
  const CONNECTIONS = 8;
  afterEach(() => {
    vi.useRealTimers();
    RequestQueue.prototype.scheduleCheckPendingRequests = scheduleOnlyWhatWaits;
  });

  /** Timers that run in one second of idle connections, each of which has had one answer. */
  function timersOfOneSecond(schedule: () => void): number {
    RequestQueue.prototype.scheduleCheckPendingRequests = schedule;
    vi.useFakeTimers();
    const logger = { debug: () => undefined, warn: () => undefined };
    const queues = Array.from(
      { length: CONNECTIONS },
      () =>
        new RequestQueue({
          requestTimeout: 30_000,
          enforceRequestTimeout: false,
          clientId: 'c',
          broker: 'b',
          logger,
        }),
    );
    let timers = 0;
    for (const queue of queues) {
      const check = queue.checkPendingRequests.bind(queue);
      queue.checkPendingRequests = () => {
        timers += 1;
        check();
      };
    }
    for (const queue of queues) queue.checkPendingRequests();
    timers = 0;
    vi.advanceTimersByTime(1_000);
    for (const queue of queues) queue.destroy();
    return timers;
  }

  it('are none', () => {
    expect(timersOfOneSecond(scheduleOnlyWhatWaits)).toBe(0);
  });
  it('are about a thousand a second for each in kafkajs', () => {
    expect(timersOfOneSecond(unpatched.scheduleCheckPendingRequests)).toBeGreaterThan(CONNECTIONS * 500);
  });

  it('come back while something waits for the broker to allow it', () => {
    vi.useFakeTimers();
    let checks = 0;
    const queue = {
      throttleCheckTimeoutId: null,
      pending: ['a request'],
      throttledUntil: Date.now() + 50,
      checkPendingRequests: () => {
        checks += 1;
      },
    };
    scheduleOnlyWhatWaits.call(queue);
    vi.advanceTimersByTime(49);
    expect(checks).toBe(0);
    vi.advanceTimersByTime(1);
    expect(checks).toBe(1);
  });
});
