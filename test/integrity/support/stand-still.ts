import {
  type KeyedStore,
  type Log,
  type OutputRecord,
  type OutputSession,
  type SessionOwner,
  StreamError,
  type StreamErrorCode,
} from '@bellwether/stream';
import type { Gate } from '../../../packages/kafka/src/kafka-proxy.fixture.ts';
import { API } from '../../../packages/kafka/src/kafka-proxy.fixture.ts';
import { changedLog } from '../../../packages/stream/src/testing/bank.fixture.ts';

/**
 * Where a scorer can be made to stand still: its documents are loaded and not saved (T6), saved and not published, or
 * its outputs are with the broker and not committed (T7).
 */
export type Point = 'before-save' | 'before-publish' | 'before-commit';

/** What the process is told. */
export type Order = { readonly standStillAt: Point } | 'go on';

/** What the process tells. */
export type News =
  | { readonly kind: 'ready' }
  /** It stands, with a batch of this partition that ends before `next`. */
  | { readonly kind: 'stands'; readonly partition: number; readonly next: number }
  /** What became of what it was about to do when it stood. */
  | { readonly kind: 'saved'; readonly written: number; readonly given: number }
  | { readonly kind: 'published'; readonly outcome: 'done' | StreamErrorCode }
  /** An error made it take a partition over again. */
  | { readonly kind: 'takes-over-again'; readonly code: StreamErrorCode };

interface Place {
  readonly partition: number;
  readonly next: number;
}

/** kafkajs' name for it is OffsetCommit. */
const OFFSET_COMMIT = 8;
const GROUP = 'scoring';
const COLLECTION = 'scoring-customers';

/** The ports of a scorer, with the points where it stands still when it is told to, each time once. */
export class StandStill {
  readonly #tell: (news: News) => void;
  #point: Point | undefined;
  #released = Promise.withResolvers<void>();
  /** Publishing takes turns, so that a commit on its way to the broker is known to be this one's. */
  #turn: Promise<unknown> = Promise.resolve();
  #publishing: Place | undefined;
  #held: Place | undefined;

  constructor(tell: (news: News) => void) {
    this.#tell = tell;
  }

  obey(order: Order): void {
    if (order === 'go on') this.#released.resolve();
    else this.#point = order.standStillAt;
  }

  store(store: KeyedStore): KeyedStore {
    return {
      load: (collection, ids) => store.load(collection, ids),
      loadOpen: (collection, partition, offset) => store.loadOpen(collection, partition, offset),
      loadDue: (collection, partition, due) => store.loadDue(collection, partition, due),
      top: (collection, group, limit) => store.top(collection, group, limit),
      forget: (collection, partition) => store.forget(collection, partition),
      save: async (collection, documents, entries) => {
        const [first] = documents;
        if (collection !== COLLECTION || !first) return await store.save(collection, documents, entries);
        const next = Math.max(...documents.map(({ appliedOffset }) => appliedOffset)) + 1;
        const stood = await this.#reach('before-save', { partition: first.partition, next });
        const written = await store.save(collection, documents, entries);
        if (stood) this.#tell({ kind: 'saved', written, given: documents.length });
        return written;
      },
    };
  }

  log(log: Log): Log {
    return changedLog(log, { openSession: (owner) => this.#session(owner, log.openSession(owner)) });
  }

  /** For the proxy between this process and the broker. */
  readonly gate: Gate = (apiKey, direction) => {
    const commits = apiKey === API.endTxn || apiKey === OFFSET_COMMIT;
    const place = this.#publishing;
    if (!commits || direction !== 'request' || !place || this.#point !== 'before-commit') return undefined;
    return this.#reach('before-commit', place).then(() => 'pass');
  };

  #session(owner: SessionOwner, session: OutputSession): OutputSession {
    return {
      takeOver: () => session.takeOver(),
      close: () => session.close(),
      publish: (outputs, commitOffset) => {
        const mayStand = owner.group === GROUP && outputs.some(isChange);
        const place = mayStand ? { partition: owner.partition, next: commitOffset } : undefined;
        const published = this.#turn.then(() =>
          this.#publish(place, () => session.publish(outputs, commitOffset)),
        );
        this.#turn = published.catch(() => undefined);
        return published;
      },
    };
  }

  async #publish(place: Place | undefined, publish: () => Promise<void>): Promise<void> {
    if (place) await this.#reach('before-publish', place);
    this.#publishing = place;
    let outcome: 'done' | StreamErrorCode = 'done';
    try {
      await publish();
    } catch (error) {
      outcome = error instanceof StreamError ? error.code : 'step-failed';
      throw error;
    } finally {
      this.#publishing = undefined;
      if (place && this.#held === place) this.#tell({ kind: 'published', outcome });
    }
  }

  /** Stands here if it was told to; whether it did. */
  async #reach(point: Point, place: Place): Promise<boolean> {
    if (this.#point !== point) return false;
    this.#point = undefined;
    this.#held = place;
    this.#released = Promise.withResolvers();
    this.#tell({ kind: 'stands', ...place });
    await this.#released.promise;
    return true;
  }
}

/** What a reader knows by its number, so that a repeat of it can be told. */
function isChange({ topic, value }: OutputRecord): boolean {
  return topic === 'customer-changes' && (value as { readonly kind?: unknown } | null)?.kind === 'change';
}
