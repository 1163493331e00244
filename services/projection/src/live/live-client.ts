import type { AlertRecord, CustomerChangesRecord } from '@bellwether/events';
import type { InputRecord } from '@bellwether/stream';
import type { LiveFeed } from './live-feed.ts';
import { encodePositions, type Positions } from './positions.ts';

/** Where a client's events go. */
export interface LiveSink {
  /** Resolves when more may be written; a slow reader holds its own stream up, nobody else's. */
  write(text: string): Promise<void>;
  readonly isClosed: boolean;
}

/** A client further behind than this is told to load everything again instead of being sent it. */
const MOST_BEHIND_RECORDS = 10_000;

/**
 * Sends one client the changes and alerts of its tenant: from its position on, then as they are committed. Nothing is
 * queued: a client is a position, and what it has not read yet stays in the log.
 */
export class LiveClient {
  readonly #feed: LiveFeed;
  readonly #sink: LiveSink;
  readonly #tenant: string;
  readonly #positions = new Map<string, number>();
  #wake: (() => void) | undefined;
  #isAwake = false;

  constructor(options: { readonly feed: LiveFeed; readonly sink: LiveSink; readonly tenant: string }) {
    this.#feed = options.feed;
    this.#sink = options.sink;
    this.#tenant = options.tenant;
  }

  /** Runs until the client or the feed is closed. `from` is where the client was, if it was here before. */
  async run(from: Positions | undefined): Promise<void> {
    const stop = this.#feed.listen(() => this.wake());
    try {
      await this.#begin(from);
      while (!this.#sink.isClosed && !this.#feed.isClosed) {
        this.#isAwake = false;
        const hasMore = await this.#sendAll();
        if (!hasMore) await this.#sleep();
      }
    } finally {
      stop();
    }
  }

  /** Lets the client look whether it is to go on. */
  wake(): void {
    this.#isAwake = true;
    this.#wake?.();
  }

  /** An event without data: the client keeps the position and shows nothing. */
  async beat(): Promise<void> {
    await this.#sink.write(`: still here\nid: ${encodePositions(this.#positions)}\n\n`);
  }

  /** A position of another log, or one too far back, cannot be gone on from. */
  async #begin(from: Positions | undefined): Promise<void> {
    let isLost = from !== undefined && from.size === 0;
    for (const lane of this.#feed.lanes()) {
      const end = await this.#feed.endOf(lane);
      const wanted = from?.get(lane) ?? end;
      if (wanted > end || end - wanted > MOST_BEHIND_RECORDS) isLost = true;
      this.#positions.set(lane, wanted);
    }
    await this.#sink.write('retry: 2000\n');
    if (isLost) await this.#reset();
    else await this.beat();
  }

  async #sendAll(): Promise<boolean> {
    let hasMore = false;
    for (const [lane, position] of this.#positions) {
      if ((await this.#feed.endOf(lane)) - position > MOST_BEHIND_RECORDS) {
        await this.#reset();
        return true;
      }
      const piece = await this.#feed.read(lane, position);
      if (!piece) continue;
      hasMore = true;
      for (const record of piece.records) {
        this.#positions.set(lane, record.offset + 1);
        const text = this.#eventOf(record);
        if (text) await this.#sink.write(text);
        if (this.#sink.isClosed) return false;
      }
      this.#positions.set(lane, piece.next);
    }
    return hasMore;
  }

  #eventOf({ topic, value }: InputRecord): string | undefined {
    const record = value as AlertRecord | CustomerChangesRecord;
    if (record.kind !== 'alert' && record.kind !== 'change') return undefined;
    if (record.tenant !== this.#tenant) return undefined;
    const name = topic === 'alerts' ? 'alert' : 'change';
    return `id: ${encodePositions(this.#positions)}\nevent: ${name}\ndata: ${JSON.stringify(record)}\n\n`;
  }

  async #reset(): Promise<void> {
    for (const lane of this.#positions.keys()) this.#positions.set(lane, await this.#feed.endOf(lane));
    await this.#sink.write(`id: ${encodePositions(this.#positions)}\nevent: reset\ndata: {}\n\n`);
  }

  async #sleep(): Promise<void> {
    if (this.#isAwake) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    await promise;
  }
}
