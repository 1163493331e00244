import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, type Instance, startCluster } from './support/cluster.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { underLoad } from './support/under-load.ts';
import { readinessOf, recordsIn, untilGrown } from './support/watch-growth.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const isLong = process.env.BELLWETHER_TEST_LENGTH === 'long';
const AWAY_MS = isLong ? 300_000 : 20_000;
const PARTITIONS = 3;
const LOOK_MS = 500;
const GROWN_WITHIN_MS = 60_000;
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED a registry that is away: ${missing}`);

describe.skipIf(missing !== undefined)(
  `a registry that is away for ${AWAY_MS / 1_000} s (T18, seed ${SEED})`,
  () => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster({ partitions: PARTITIONS });
      await Promise.all([
        cluster.add('ingest', ['ingest']),
        cluster.add('scoring', ['scoring']),
        cluster.add('others', ['alerting', 'projection']),
      ]);
    }, 240_000);
    afterAll(() => cluster?.close());

    it(
      'is not missed: schemas that are known are enough, for a process that starts meanwhile too',
      async () => {
        const scoring = cluster.instances().find(({ name }) => name === 'scoring');
        if (!scoring) throw new RangeError('nothing scores');
        const complaints = new Set<string>();
        let [startedMs, grownMs, looks] = [0, 0, 0];
        const ratePerSecond = isLong ? 50 : 150;
        const load = {
          cluster,
          partitions: PARTITIONS,
          seed: SEED,
          ratePerSecond,
          processedWithinMs: 180_000,
        };
        const look = async (instances: readonly Instance[]): Promise<void> => {
          for (const { url, name } of instances) {
            for (const reason of await readinessOf(url())) complaints.add(`${name}: ${reason}`);
          }
          looks += 1;
          await sleep(LOOK_MS);
        };
        const lookFor = async (ms: number): Promise<void> => {
          for (const untilMs = performance.now() + ms; performance.now() < untilMs; )
            await look(cluster.instances());
        };
        const result = await underLoad(load, async () => {
          await untilGrown(cluster, 'customer-changes', GROWN_WITHIN_MS);
          // A program of its own would have to ask the registry, so what is watched is what the processes say.
          await cluster.servers.registry.kill();
          await lookFor(AWAY_MS / 2);
          expect(await scoring.stop()).toBe(0);
          const before = performance.now();
          await scoring.start();
          startedMs = performance.now() - before;
          await lookFor(AWAY_MS / 2);
          await cluster.servers.registry.restart();
          grownMs = await untilGrown(cluster, 'customer-changes', GROWN_WITHIN_MS);
        });
        console.log(
          `T18: registry away for ${AWAY_MS / 1_000} s, scoring started meanwhile in ${(startedMs / 1_000).toFixed(1)} s, ` +
            `${looks} looks at /readyz, ${complaints.size} complaints, nothing quarantined; changes grew ${grownMs.toFixed(0)} ms after its return; ` +
            `${result.sent} messages, ${result.events} events, ${result.changes} changes: clean`,
        );
        expect([...complaints]).toEqual([]);
        const quarantined = await recordsIn(cluster, 'ingest-quarantine');
        expect(quarantined).toBe(0);
      },
      600_000 + AWAY_MS,
    );
  },
);
