import { setImmediate } from 'node:timers';
import { StreamError } from '@bellwether/stream';
import type { Connections } from '../client/connections.ts';
import { pause } from '../client/pause.ts';
import { CODE, damaged } from '../kafka-errors.ts';
import { errorOfCode } from '../kafkajs-internals.ts';
import { type FetchAnswer, type FetchedPartition, fetchRequest } from '../protocol/fetch.ts';
import { planFetches, targetsOf } from './fetch-plan.ts';
import { Lane } from './lane.ts';
import { PartitionStream } from './partition-stream.ts';

/** Every fetch that waits ends at the next multiple of this on the clock: so they end, and are joined, together. */
const POLL_MS = 500;
const LEAST_WAIT_MS = 20;
/** Fetches that end together come in within this time. */
const JOIN_MS = 4;
const ANSWER_BYTES = 16_777_216;
/** Together so many bytes lie ready before only readers that wait are served. */
const READY_BYTES = 100_663_296;
/** Requests on their way to one broker. */
const MOST_LANES = 16;
/** A stream that nobody has read from for so long is forgotten. */
const IDLE_MS = 30_000;
const FAULT_PAUSE_MS = 200;

/**
 * Fetches for all readers of the process. A broker answers the requests of one connection in turn, so a long poll must
 * never stand before something else that is wanted: there are several connections (lanes) to a broker, each with one
 * request on its way; partitions that bring records share lanes apart from the quiet ones; and what becomes wanted
 * while all requests are on their way takes a lane of its own.
 */
export class Fetcher {
  readonly #connections: Connections;
  readonly #streams = new Set<PartitionStream>();
  readonly #lanes = new Map<number, Lane[]>();
  #isScheduled = false;
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;
  isClosed = false;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** The stream of a reader at this place: the one that it left there, or a new one. */
  claim(topic: string, partition: number, offset: number): PartitionStream {
    for (const known of this.#streams) {
      const isThere = known.partition === partition && known.topic === topic && known.readOffset === offset;
      if (isThere && !known.isClaimed) {
        known.isClaimed = true;
        this.schedule();
        return known;
      }
    }
    const stream = new PartitionStream(topic, partition, offset);
    stream.isClaimed = true;
    this.#streams.add(stream);
    this.schedule();
    return stream;
  }

  /** The reader is done for now. */
  release(stream: PartitionStream): void {
    stream.isClaimed = false;
    stream.lastReadMs = performance.now();
    this.schedule();
  }

  /** Forgets what lies ready. */
  drop(stream: PartitionStream): void {
    stream.isDropped = true;
    this.#streams.delete(stream);
  }

  /** Where the records of a partition end, when all up to `upTo` was seen by a reader; else `upTo`. */
  endOfRecords(topic: string, partition: number, upTo: number): number {
    for (const stream of this.#streams) {
      const isThere = stream.partition === partition && stream.topic === topic;
      if (isThere && stream.fetchOffset === upTo) return stream.endOfRecords;
    }
    return upTo;
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.#timer);
    for (const lane of [...this.#lanes.values()].flat()) lane.close();
    for (const stream of this.#streams) stream.wake();
  }

  /** Sends what is wanted after what happens at present is done. */
  schedule(): void {
    if (this.#isScheduled || this.isClosed) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (!this.isClosed) this.#sendWanted();
    });
  }

  #sendWanted(): void {
    const nowMs = performance.now();
    const isFull = this.#readyBytes() > READY_BYTES;
    const wanted: PartitionStream[] = [];
    for (const stream of this.#streams) {
      if (!stream.isClaimed && nowMs - stream.lastReadMs > IDLE_MS) this.drop(stream);
      else if (stream.isInFlight || !stream.hasRoom) continue;
      else if (stream.restsUntilMs > nowMs) this.#scheduleIn(stream.restsUntilMs - nowMs);
      else if (!isFull || (stream.isClaimed && !stream.hasRecords)) wanted.push(stream);
    }
    const lots = planFetches(wanted, {
      leaderOf: (stream) => this.#leaderOf(stream),
      freeLanes: (nodeId) => MOST_LANES - this.#lanesTo(nodeId).filter((lane) => lane.isBusy).length,
    });
    for (const { nodeId, streams } of lots) {
      const lane = this.#freeLane(nodeId);
      // Without a free lane they wait for the next answer, half a second at most.
      if (lane) void this.#fetch(lane, streams);
    }
  }

  async #fetch(lane: Lane, streams: readonly PartitionStream[]): Promise<void> {
    this.#turn += 1;
    for (const stream of streams) stream.isInFlight = true;
    const limits = { waitMs: untilNextPoll(performance.now()), maxBytes: ANSWER_BYTES };
    let isProgress = false;
    try {
      const answer = await lane.ask(fetchRequest(targetsOf(streams, this.#turn), limits));
      isProgress = this.#accept(streams, answer);
    } catch (error) {
      for (const stream of streams) this.#faulty(stream, error);
    }
    for (const stream of streams) stream.isInFlight = false;
    if (!isProgress) await pause(JOIN_MS);
    this.schedule();
  }

  /** Hands out what an answer brought; false when that was nothing. */
  #accept(streams: readonly PartitionStream[], answer: FetchAnswer): boolean {
    const byPlace = Map.groupBy(streams, ({ topic, partition }) => `${topic}/${partition}`);
    let isProgress = false;
    for (const fetched of answer.partitions) {
      for (const stream of byPlace.get(`${fetched.topic}/${fetched.partition}`) ?? []) {
        if (stream.isDropped) continue;
        if (fetched.errorCode === CODE.OFFSET_OUT_OF_RANGE) stream.fail(outOfRange(stream));
        else if (fetched.errorCode !== 0) this.#faulty(stream, errorOfCode(fetched.errorCode));
        else if (acceptedBy(stream, fetched)) isProgress = true;
      }
    }
    return isProgress;
  }

  /** Leaves a stream alone for a moment, and finds out who leads its partition now. */
  #faulty(stream: PartitionStream, error: unknown): void {
    stream.fault = error;
    stream.restsUntilMs = performance.now() + FAULT_PAUSE_MS;
    this.#scheduleIn(FAULT_PAUSE_MS);
    void this.#connections.refreshIfPossible();
  }

  #scheduleIn(ms: number): void {
    if (this.isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.schedule();
    }, ms);
  }

  #leaderOf(stream: PartitionStream): number | undefined {
    const leader = this.#connections.leaderOf(stream.topic, stream.partition);
    if (leader === undefined) this.#faulty(stream, new Error('nobody leads the partition at present'));
    return leader;
  }

  #lanesTo(nodeId: number): Lane[] {
    return (this.#lanes.get(nodeId) ?? []).filter((lane) => !lane.isClosed);
  }

  #freeLane(nodeId: number): Lane | undefined {
    const lanes = this.#lanesTo(nodeId);
    const free = lanes.find((lane) => !lane.isBusy);
    if (free || lanes.length >= MOST_LANES) return free;
    const lane = new Lane(this.#connections, nodeId);
    this.#lanes.set(nodeId, [...lanes, lane]);
    return lane;
  }

  #readyBytes(): number {
    let bytes = 0;
    for (const stream of this.#streams) bytes += stream.bytes;
    return bytes;
  }
}

/** What cannot be read concerns its own reader only. */
function acceptedBy(stream: PartitionStream, fetched: FetchedPartition): boolean {
  try {
    return stream.accept(fetched);
  } catch (error) {
    stream.fail(damaged(stream, error));
    return false;
  }
}

function untilNextPoll(nowMs: number): number {
  const restMs = POLL_MS - (nowMs % POLL_MS);
  return restMs < LEAST_WAIT_MS ? restMs + POLL_MS : restMs;
}

function outOfRange({ topic, partition, fetchOffset }: PartitionStream): StreamError {
  return new StreamError(
    'log-mismatch',
    `The topic ${topic} does not hold offset ${fetchOffset} of partition ${partition}: its records there were deleted, ` +
      'or it was created anew. Restore the topic, remove the state to build it again from what the topic holds, or keep ' +
      'the state and go on at its beginning with `bellwether accept-log`.',
  );
}
