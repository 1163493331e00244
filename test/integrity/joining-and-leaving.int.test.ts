import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../services/cli/src/backend/backend.ts';
import { percentile } from '../load/percentile.ts';
import { type Cluster, startCluster } from './support/cluster.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { underLoad } from './support/under-load.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const isLong = process.env.BELLWETHER_TEST_LENGTH === 'long';
/** T3. */
const MOVES = isLong ? 30 : 3;
const BETWEEN_MOVES_MS = isLong ? 20_000 : 8_000;
const PARTITIONS = 12;
const LOOK_MS = 200;
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED instances that join and leave: ${missing}`);

describe.skipIf(missing !== undefined)(`instances that join and leave (T3, seed ${SEED})`, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ partitions: PARTITIONS });
    await Promise.all([
      cluster.add('others', ['ingest', 'alerting', 'projection']),
      cluster.add('scoring-1', ['scoring']),
      cluster.add('scoring-2', ['scoring']),
    ]);
    await cluster.add('scoring-3', ['scoring']);
  }, 240_000);
  afterAll(() => cluster?.close());

  it(
    'hold up no partition for long, lose nothing and repeat nothing',
    async () => {
      const third = cluster.instances().find(({ name }) => name === 'scoring-3');
      if (!third) throw new RangeError('there is no third scorer');
      const pausesMs: number[] = [];
      const load = {
        cluster,
        partitions: PARTITIONS,
        seed: SEED,
        ratePerSecond: 200,
        processedWithinMs: 180_000,
      };
      const result = await underLoad(load, async () => {
        await sleep(4_000);
        const backend = await cluster.open();
        const watch = watchProgress(backend);
        for (let move = 0; move < MOVES; move += 1) {
          if (third.isRunning()) expect(await third.stop()).toBe(0);
          else await third.start();
          await sleep(BETWEEN_MOVES_MS);
          pausesMs.push(...watch.takePausesMs());
        }
        await watch.end();
        await backend.close();
        if (!third.isRunning()) await third.start();
      });
      const p95Ms = percentile(pausesMs, 0.95);
      console.log(
        `T3: ${MOVES} joins and leaves, 12 partitions; longest pause of each partition around each: ` +
          `p50 ${percentile(pausesMs, 0.5).toFixed(0)} ms, p95 ${p95Ms.toFixed(0)} ms; ` +
          `${result.events} events, ${result.changes} changes: clean`,
      );
      // A short run has few pauses to judge by, so it allows twice the time.
      expect(p95Ms).toBeLessThan(isLong ? 10_000 : 20_000);
    },
    400_000 + 40_000 * MOVES,
  );
});

/** Looks how far scoring's outputs have come, several times a second. */
function watchProgress({ log }: Pick<Backend, 'log'>) {
  const ends = new Map<number, { offset: number; sinceMs: number; longestMs: number }>();
  let isOver = false;
  const look = async (): Promise<void> => {
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      const offset = await log.endOffset('customer-changes', partition);
      const now = performance.now();
      const known = ends.get(partition);
      if (!known) ends.set(partition, { offset, sinceMs: now, longestMs: 0 });
      else {
        known.longestMs = Math.max(known.longestMs, now - known.sinceMs);
        if (offset > known.offset) Object.assign(known, { offset, sinceMs: now });
      }
    }
  };
  const looking = (async () => {
    while (!isOver) {
      await look();
      await sleep(LOOK_MS);
    }
  })();
  return {
    /** The longest time each partition stood still since this was asked last. */
    takePausesMs: (): number[] =>
      [...ends.values()].map((known) => {
        const { longestMs } = known;
        known.longestMs = 0;
        return longestMs;
      }),
    end: async (): Promise<void> => {
      isOver = true;
      await looking;
    },
  };
}
