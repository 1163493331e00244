import { setTimeout as sleep } from 'node:timers/promises';
import { type Log, type OutputSession, StreamError } from '@bellwether/stream';
import { ownServersMissing, startOwnServers } from '@bellwether/testkit/servers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { jsonCodec } from './json-codec.ts';
import { openKafka } from './open-kafka.ts';
import { readAll, recordFor } from './test-support.ts';

const missing = await ownServersMissing();
if (missing !== undefined) process.stderr.write(`SKIPPED the restart of a Kafka broker: ${missing}\n`);

const owner = { group: 'group', topic: 'in', partition: 0 };

/** Tries again, as the loop and the edges do, whatever is retriable. */
async function untilDone(action: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof StreamError && error.retriable)) throw error;
      await sleep(100);
    }
  }
}

/** Publishes the numbers from 0 on, each with its offset, and goes on where the log says after every error. */
async function publishNumbers(log: Log, signal: AbortSignal): Promise<number> {
  let session: OutputSession | undefined;
  let next = 0;
  while (!signal.aborted) {
    await untilDone(async () => {
      try {
        if (!session) {
          session = log.openSession(owner);
          next = (await session.takeOver()) ?? 0;
        }
        await session.publish([recordFor('published', 0)(next)], next + 1);
        next += 1;
      } catch (error) {
        await session?.close();
        session = undefined;
        throw error;
      }
    });
    await sleep(5);
  }
  await session?.close();
  return next;
}

describe.skipIf(missing !== undefined)(
  'a broker that pauses, dies and comes back',
  { timeout: 180_000 },
  () => {
    it('holds up reading, appending, publishing and membership, and nothing is lost, repeated or out of order', async () => {
      const { kafka: server, stopAll } = await startOwnServers(['kafka']);
      onTestFinished(stopAll);
      const topic = { partitions: 1, cleanup: 'keep' } as const;
      const kafka = await openKafka({
        brokers: [server.url],
        clientId: 'test',
        prefix: 'restart',
        topics: { in: topic, appended: topic, published: topic },
        codec: jsonCodec,
        delivery: 'transactional',
        membership: { sessionTimeoutMs: 6_000, heartbeatMs: 300 },
      });
      onTestFinished(() => kafka.close());
      const { log } = kafka;
      const stop = new AbortController();
      const publishing = publishNumbers(log, stop.signal);
      let appended = 0;
      const appending = (async () => {
        for (; !stop.signal.aborted; appended += 1) {
          await untilDone(() => log.append([recordFor('appended', 0)(appended)]));
          await sleep(5);
        }
      })();
      const seen: unknown[] = [];
      const reading = (async () => {
        let offset = 0;
        while (!stop.signal.aborted) {
          await untilDone(async () => {
            const from = { topic: 'published', partition: 0, offset };
            const records = await log.read(from, { limit: 100, waitMs: 1_000, signal: stop.signal });
            for (const { value } of records) seen.push(value);
            offset = (records.at(-1)?.offset ?? offset - 1) + 1;
          });
        }
      })();
      const told: (readonly number[])[] = [];
      const onAssigned = (partitions: readonly number[]) => told.push(partitions);
      const joined = log.join({ group: 'group', topic: 'in', onAssigned }, stop.signal);
      for (const fault of ['pause', 'kill', 'kill'] as const) {
        await sleep(1_500);
        if (fault === 'pause') {
          await server.pause();
          await sleep(3_000);
          await server.resume();
        } else {
          await server.kill();
          await server.restart();
        }
        const upAtMs = performance.now();
        const before = [appended, seen.length];
        await expect
          .poll(() => appended > (before[0] ?? 0) + 10 && seen.length > (before[1] ?? 0) + 10, {
            timeout: 40_000,
          })
          .toBe(true);
        process.stdout.write(
          `${fault}: at work again ${Math.round(performance.now() - upAtMs)} ms after the broker\n`,
        );
      }
      stop.abort();
      const [published] = await Promise.all([publishing, appending, reading, joined]);
      const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
      expect(await readAll(log, 'published')).toEqual(numbers(published));
      expect(seen).toEqual(numbers(seen.length));
      // An append without an answer is sent again, so some may be there twice, but none is missing.
      expect([...new Set(await readAll(log, 'appended'))]).toEqual(numbers(appended));
      expect(told).toEqual([[0]]);
      expect(published).toBeGreaterThan(30);
    });
  },
);
