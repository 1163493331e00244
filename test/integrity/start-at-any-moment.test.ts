import {
  type CustomerChange,
  type CustomerChangesRecord,
  type CustomerEventsRecord,
  PER_SCORE_TOPICS,
  type PerScoreName,
  PORTFOLIO_CUSTOMER_ID,
  type ScoreChange,
  type ScoreChanged,
} from '@bellwether/events';
import { ingestTransfersTopology } from '@bellwether/ingest';
import { portfolio, scoring } from '@bellwether/scoring';
import { createRunner, drain } from '@bellwether/stream';
import { Crash, crashing, customerStreams, MemoryLog, MemoryStore, seededChance } from '@bellwether/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeChange, takeCurrent } from '../../examples/consumer/picture.mjs';
import { asFoundByOthers } from './support/wire-reader.ts';

const clock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };

/** Scoring over a log that lives longer than its processes, which crash with the given probability at each write. */
class Scoring {
  readonly log: MemoryLog;
  readonly #store = new MemoryStore();
  readonly #chance: () => number;

  constructor(options: { readonly partitions: number; readonly seed: number }) {
    this.log = new MemoryLog(options.partitions);
    this.#chance = seededChance(options.seed);
  }

  async take(records: readonly CustomerEventsRecord[], crashRate = 0): Promise<void> {
    const everywhere = Array.from({ length: this.log.partitions() }, (_, partition) => partition);
    for (const value of records) {
      const record = { topic: 'customer-events', value };
      const isOne = value.kind === 'event' || value.kind === 'transfer';
      if (isOne) await this.log.append([{ ...record, key: `acme|${value.customerId}` }]);
      else await this.log.append(everywhere.map((partition) => ({ ...record, key: 'acme', partition })));
    }
    for (let rate = crashRate; ; rate *= 0.97) {
      const parts = crashing(this.log, this.#store, { chance: this.#chance, rate });
      const limits = { batchRecords: 1 + Math.floor(this.#chance() * 12) };
      try {
        const shared = { ...parts, clock, limits };
        await drain([
          createRunner({ ...shared, topology: scoring }),
          createRunner({ ...shared, topology: ingestTransfersTopology }),
          createRunner({ ...shared, topology: portfolio }),
        ]);
        return;
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
      }
    }
  }

  changes(): readonly CustomerChange[] {
    const all = this.log.topic('customer-changes').map(({ value }) => value as CustomerChangesRecord);
    return all.flatMap((record) => (record.kind === 'change' ? [record] : []));
  }
}

/** An application that follows docs/consuming.md, with the rules of the example. */
class Reader {
  readonly pictures: Parameters<typeof takeCurrent>[0] = new Map();
  readonly #log: MemoryLog;
  readonly #next: number[];

  /** Begins at the end of customer-changes, or at its beginning. */
  constructor(log: MemoryLog, from: 'end' | 'beginning') {
    this.#log = log;
    this.#next = Array.from({ length: log.partitions() }, (_, partition) =>
      from === 'end' ? log.all('customer-changes', partition).length : 0,
    );
  }

  loadCurrent(): void {
    for (const { key, value } of this.#log.topic('customer-current')) {
      takeCurrent(this.pictures, key, asFoundByOthers('customer-current', value));
    }
  }

  /** @throws Error when a change was missed */
  follow(): void {
    for (const [partition, next] of this.#next.entries()) {
      const records = this.#log.all('customer-changes', partition);
      this.#next[partition] = records.length;
      for (const { key, value } of records.slice(next)) {
        takeChange(this.pictures, key, asFoundByOthers('customer-changes', value));
      }
    }
  }
}

/** What a reader knows; situations are a set. */
function known({ pictures }: Reader) {
  const name = ({ rule, cause }: { rule: string; cause: string }) => `${rule} ${cause}`;
  return Array.from(pictures, ([key, { situations, ...rest }]) => ({
    key,
    ...rest,
    situations: situations.toSorted((a, b) => (name(a) < name(b) ? -1 : 1)),
  })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

const notices = fc.constantFrom('none', 'none', 'source.gap-detected', 'source.resynced');

/**
 * A life of two customers, in the parts between which readers come and go. Now and then a source says that data of one
 * of them may be missing, or is there again (N14).
 */
const lives = fc
  .tuple(customerStreams({ maxLength: 25 }), fc.infiniteStream(fc.nat(12)), fc.infiniteStream(notices))
  .map(([records, lengths, told]) => {
    const shared = records.map((record) =>
      record.kind === 'event' && Number(record.id.slice(1)) % 3 === 0
        ? { ...record, customerId: 'c-2' }
        : record,
    );
    const parts: CustomerEventsRecord[][] = [];
    for (let at = 0; at < shared.length; ) {
      const part = shared.slice(at, at + 1 + lengths.next().value);
      at += part.length;
      const last = part.findLast((record) => record.kind === 'event');
      const type = told.next().value;
      const data = type === 'source.resynced' ? {} : { cause: 'gap-marker' };
      const notice = { ...last, id: `notice-${at}`, type, data } as CustomerEventsRecord;
      parts.push(last === undefined || type === 'none' ? part : [...part, notice]);
    }
    return parts;
  });

/** The same, of customers that are merged and split between the parts (N23). */
const mergedLives = fc
  .tuple(lives, fc.infiniteStream(fc.constantFrom('c-1', 'c-2', 'split', 'nothing')))
  .map(([parts, told]) =>
    parts.map((part, place): CustomerEventsRecord[] => {
      const last = part.findLast((record) => record.kind === 'event');
      const into = told.next().value;
      if (last === undefined || into === 'nothing') return part;
      const customerId = into === 'c-1' ? 'c-2' : 'c-1';
      const time = last.receivedAt + place;
      const event = { ...last, id: `merger-${place}`, customerId, time };
      const merger =
        into === 'split'
          ? { ...event, type: 'customer.split', data: {} }
          : { ...event, type: 'customer.merged', data: { into } };
      return [...part, merger as CustomerEventsRecord];
    }),
  );
const places = fc.record({ partitions: fc.integer({ min: 1, max: 3 }), seed: fc.integer() });

describe('a reader that starts at any moment (N12)', () => {
  it('ends with the same picture as one that was there from the beginning, and misses no change', async () => {
    let [compared, stale, merged] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(mergedLives, places, fc.constantFrom(0, 0.05), async (parts, place, crashRate) => {
        const system = new Scoring(place);
        const readers: Reader[] = [new Reader(system.log, 'beginning')];
        const starting: Reader[] = [];
        for (const part of parts) {
          await system.take(part, crashRate);
          // Those that noted the end one part ago load the picture only now: it is ahead of what they noted.
          for (const reader of starting.splice(0)) {
            reader.loadCurrent();
            readers.push(reader);
          }
          const noted = new Reader(system.log, 'end');
          const atOnce = new Reader(system.log, 'end');
          atOnce.loadCurrent();
          starting.push(noted);
          readers.push(atOnce);
        }
        for (const reader of starting) reader.loadCurrent();
        const [first, ...others] = [...readers, ...starting];
        first?.follow();
        for (const reader of others) {
          reader.follow();
          expect(known(reader)).toEqual(first && known(first));
          compared += first?.pictures.size ?? 0;
          for (const { staleSince, mergedInto } of reader.pictures.values()) {
            stale += staleSince === null ? 0 : 1;
            merged += mergedInto === null ? 0 : 1;
          }
        }
      }),
      { numRuns: 30 },
    );
    expect(compared).toBeGreaterThan(100);
    expect(stale).toBeGreaterThan(0);
    expect(merged).toBeGreaterThan(0);
  });

  it('notices when it has missed a change of a customer, whichever it was', async () => {
    await fc.assert(
      fc.asyncProperty(lives, fc.nat(), async (parts, which) => {
        const system = new Scoring({ partitions: 1, seed: 1 });
        await system.take(parts.flat());
        const told = system.log.topic('customer-changes').filter(({ key, value }) => {
          const isChange = (value as CustomerChangesRecord).kind === 'change';
          return isChange && !key.endsWith(`|${PORTFOLIO_CUSTOMER_ID}`);
        });
        const missed = told[which % told.length];
        const isLast = told.findLast(({ key }) => key === missed?.key) === missed;
        fc.pre(missed !== undefined && !isLast);
        const pictures = new Map();
        const follow = () => {
          for (const { key, value } of told.filter((record) => record !== missed)) {
            takeChange(pictures, key, asFoundByOthers('customer-changes', value));
          }
        };
        expect(follow).toThrow(/A change of .* was missed: start again/);
      }),
      { numRuns: 15 },
    );
  });

  it('is told of each customer at most once a batch', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (parts) => {
        const store = new MemoryStore();
        const log = new MemoryLog();
        await log.append(parts.flat().map((value) => ({ topic: 'customer-events', key: 'acme', value })));
        const told: number[] = [];
        const runner = createRunner({
          topology: scoring,
          log,
          store,
          clock,
          onCommitted: ({ outputs }) => {
            const keys = outputs.flatMap(({ topic, key }) => (topic === 'customer-current' ? [key] : []));
            told.push(keys.length);
            expect(new Set(keys).size).toBe(keys.length);
          },
        });
        await drain([runner]);
        expect(told.length).toBeGreaterThan(0);
      }),
      { numRuns: 10 },
    );
  });
});

type Scores = ReadonlyMap<string, readonly string[]>;

/** Everything on the topics of single scores, by customer and score. */
function scoresIn(log: MemoryLog): Scores {
  const all = Object.entries(PER_SCORE_TOPICS).flatMap(([name, topic]) =>
    log.topic(topic).map(({ key, value }) => ({ of: `${key} ${name}`, value: JSON.stringify(value) })),
  );
  const groups = Map.groupBy(all, ({ of }) => of);
  return new Map([...groups].map(([of, records]) => [of, records.map(({ value }) => value)]));
}

describe('the topic of one score', () => {
  it('has every change of it once, numbered 1..n a customer, with what is known of its cause (N1, N13)', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(lives, places, async (parts, place) => {
        const system = new Scoring(place);
        await system.take(parts.flat(), 0.02);
        const expected = system.changes().flatMap((change) =>
          change.changes.flatMap((part) => {
            if (!('score' in part) || !Object.hasOwn(PER_SCORE_TOPICS, part.score)) return [];
            return [recordOf(change, part)];
          }),
        );
        for (const [name, topic] of Object.entries(PER_SCORE_TOPICS)) {
          const told = system.log.topic(topic).map(({ value }) => value as ScoreChanged);
          const ofCustomer = Map.groupBy(told, ({ customerId }) => customerId);
          for (const [customerId, records] of ofCustomer) {
            expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index + 1));
            const wanted = expected.filter((one) => one.customerId === customerId && one.score === name);
            expect(records).toEqual(wanted);
            seen.add(name);
          }
        }
      }),
      { numRuns: 20 },
    );
    expect([...seen].sort()).toEqual(['health', 'ltv', 'rfm']);
  });

  it('is the same byte for byte when the events are replayed in other batches, with crashes', async () => {
    await fc.assert(
      fc.asyncProperty(lives, places, fc.integer(), async (parts, place, otherSeed) => {
        const live = new Scoring(place);
        for (const part of parts) await live.take(part);
        const replay = new Scoring({ partitions: 4 - place.partitions, seed: otherSeed });
        await replay.take(parts.flat(), 0.05);
        expect(scoresIn(replay.log)).toEqual(scoresIn(live.log));
      }),
      { numRuns: 15 },
    );
  });
});

/** What a reader of one score is told of a change. */
function recordOf(change: CustomerChange, score: ScoreChange): ScoreChanged & { readonly score: string } {
  const { kind: _kind, sequence: _sequence, changes: _changes, day: _day, ...about } = change;
  const { type: _type, ...told } = score;
  return { kind: 'score-changed', ...about, ...told, score: told.score as PerScoreName };
}
