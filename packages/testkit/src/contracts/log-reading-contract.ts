import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogUnderTest, type OpenLog, readCount } from './log-harness.ts';

/** Long enough that a test which really waits for it fails by its own time limit. */
const FOREVER_MS = 600_000;

/** Reading by position: limits, waiting, waking and ending. */
export function describeReading(open: OpenLog): void {
  describe('reading', () => {
    let under: LogUnderTest;
    let numbers: (...values: readonly unknown[]) => Promise<void>;
    let from: (offset: number) => { topic: string; partition: number; offset: number };
    beforeEach(async () => {
      under = await open();
      const { log, topics } = under;
      numbers = (...values) => log.append(values.map((value) => ({ topic: topics.single, key: 'k', value })));
      from = (offset) => ({ topic: topics.single, partition: 0, offset });
    });
    afterEach(() => under.close());

    it('gives at most `limit` records and goes on after the last', async () => {
      await numbers(...Array.from({ length: 25 }, (_, n) => n));
      await readCount(under.log, from(0), 25);
      const seen: unknown[] = [];
      let offset = 0;
      while (seen.length < 25) {
        const records = await under.log.read(from(offset), { limit: 10, waitMs: 5_000 });
        expect(records.length).toBeGreaterThan(0);
        expect(records.length).toBeLessThanOrEqual(10);
        seen.push(...records.map((record) => record.value));
        offset = (records.at(-1)?.offset ?? offset) + 1;
      }
      expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => n));
      expect(await under.log.read(from(0), { limit: 0, waitMs: 0 })).toEqual([]);
    });

    it('starts at the offset it is given', async () => {
      await numbers('a', 'b', 'c');
      const [, second] = await readCount(under.log, from(0), 3);
      const rest = await readCount(under.log, from(second?.offset ?? -1), 2);
      expect(rest.map((record) => record.value)).toEqual(['b', 'c']);
    });

    it('is empty at the end, at once or after the time it may wait', async () => {
      expect(await under.log.read(from(0), { limit: 10, waitMs: 0 })).toEqual([]);
      const started = performance.now();
      expect(await under.log.read(from(0), { limit: 10, waitMs: 60 })).toEqual([]);
      expect(performance.now() - started).toBeGreaterThan(50);
    });

    it('wakes every reader that waits when a record is appended', async () => {
      const waiting = [1, 2, 3].map(() => under.log.read(from(0), { limit: 10, waitMs: FOREVER_MS }));
      await sleep(20);
      await numbers('late');
      for (const records of await Promise.all(waiting)) {
        expect(records.map((record) => record.value)).toEqual(['late']);
      }
    });

    it('wakes for what a session publishes', async () => {
      const { log, topics, group } = under;
      const waiting = log.read(from(0), { limit: 10, waitMs: FOREVER_MS });
      const session = log.openSession({ group, topic: topics.keyed, partition: 0 });
      await session.takeOver();
      await session.publish([{ topic: topics.single, key: 'k', value: 'published' }], 1);
      expect((await waiting).map((record) => record.value)).toEqual(['published']);
    });

    it('ends when its signal fires, before or while it waits', async () => {
      const before = await under.log.read(from(0), {
        limit: 1,
        waitMs: FOREVER_MS,
        signal: AbortSignal.abort(),
      });
      expect(before).toEqual([]);
      const controller = new AbortController();
      const waiting = under.log.read(from(0), { limit: 1, waitMs: FOREVER_MS, signal: controller.signal });
      await sleep(20);
      controller.abort();
      expect(await waiting).toEqual([]);
      await numbers('still works');
      expect((await readCount(under.log, from(0), 1))[0]?.value).toBe('still works');
      const fired = { limit: 1, waitMs: FOREVER_MS, signal: controller.signal };
      expect(await under.log.read(from(0), fired)).toEqual([]);
    });

    it('knows the end: after the last record, and nothing is read from there', async () => {
      const { log, topics } = under;
      const empty = await log.endOffset(topics.single, 0);
      expect(await log.read(from(empty), { limit: 1, waitMs: 0 })).toEqual([]);
      await numbers('a', 'b');
      const [first, last] = await readCount(log, from(empty), 2);
      const end = await log.endOffset(topics.single, 0);
      expect(first?.offset).toBeGreaterThanOrEqual(empty);
      expect(end).toBeGreaterThan(last?.offset ?? Number.POSITIVE_INFINITY);
      expect(await log.read(from(end), { limit: 1, waitMs: 0 })).toEqual([]);
      expect(await log.endOffset(topics.keyed, 1)).toBe(empty);
    });
  });
}
