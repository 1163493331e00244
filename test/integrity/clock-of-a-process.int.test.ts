import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from './support/cluster.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { underLoad } from './support/under-load.ts';
import { untilGrown } from './support/watch-growth.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const PARTITIONS = 3;
const HOUR_MS = 3_600_000;
const SETTLED_MS = 2_500;
const RESUMED_WITHIN_MS = 60_000;
const CLOCK = join(import.meta.dirname, 'support', 'jumping-clock.fixture.ts');
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED the clock of a process that jumps: ${missing}`);

describe.skipIf(missing !== undefined)(
  `processes whose wall clock jumps under load (T23, seed ${SEED})`,
  () => {
    let cluster: Cluster;
    const folder = mkdtempSync(join(tmpdir(), 'bellwether-clock-'));
    const file = join(folder, 'offset-ms');
    const jumpTo = (offsetMs: number) => writeFileSync(file, String(offsetMs));
    beforeAll(async () => {
      jumpTo(0);
      cluster = await startCluster({ partitions: PARTITIONS });
      const clock = { NODE_OPTIONS: `--import=${CLOCK}`, JUMPING_CLOCK: file };
      await Promise.all([
        cluster.add('ingest', ['ingest'], clock),
        cluster.add('others', ['scoring', 'alerting', 'projection'], clock),
      ]);
    }, 240_000);
    afterAll(async () => {
      await cluster?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('go on at once, also when the broker was away meanwhile, and everything is clean', async () => {
      const load = {
        cluster,
        partitions: PARTITIONS,
        seed: SEED,
        ratePerSecond: 100,
        processedWithinMs: 180_000,
      };
      const pausesMs: number[] = [];
      const result = await underLoad(load, async () => {
        await sleep(SETTLED_MS);
        for (const offsetMs of [HOUR_MS, 0, -HOUR_MS, 0, 1_000, 0, -1_000, 0]) {
          jumpTo(offsetMs);
          pausesMs.push(await untilGrown(cluster, 'customer-changes', RESUMED_WITHIN_MS));
        }
        jumpTo(HOUR_MS);
        await cluster.servers.kafka.kill();
        await sleep(SETTLED_MS);
        jumpTo(0);
        await cluster.servers.kafka.restart();
        pausesMs.push(await untilGrown(cluster, 'customer-changes', RESUMED_WITHIN_MS));
      });
      const [afterBroker = 0, ...others] = pausesMs.toReversed();
      console.log(
        `T23: 8 jumps of the clock, changes again after ${Math.max(...others).toFixed(0)} ms at most; back by an hour while the ` +
          `broker was away: after ${(afterBroker / 1_000).toFixed(1)} s; ${result.events} events, ${result.changes} changes: clean`,
      );
      expect(Math.max(...pausesMs)).toBeLessThan(RESUMED_WITHIN_MS);
    }, 400_000);
  },
);
