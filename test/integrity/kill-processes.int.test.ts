import { setTimeout as sleep } from 'node:timers/promises';
import { seededChance } from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, type Instance, startCluster } from './support/cluster.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { underLoad } from './support/under-load.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const isLong = process.env.BELLWETHER_TEST_LENGTH === 'long';
/** Of each delivery (T1, T2). */
const KILLS = isLong ? 40 : 5;
const PARTITIONS = 6;
const BETWEEN_KILLS_MS = { least: 3_000, most: 9_000 };
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED kills of processes: ${missing}`);

describe.skipIf(missing !== undefined).each(['transactional', 'idempotent'] as const)(
  `processes killed with SIGKILL at ${KILLS} instants, %s delivery (T1, T2, seed ${SEED})`,
  (delivery) => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster({ partitions: PARTITIONS, delivery });
      await Promise.all([
        cluster.add('ingest', ['ingest']),
        cluster.add('scoring-1', ['scoring']),
        cluster.add('scoring-2', ['scoring']),
        cluster.add('alerting', ['alerting']),
        cluster.add('projection', ['projection']),
      ]);
    }, 240_000);
    afterAll(() => cluster?.close());

    it(
      'lose nothing, repeat nothing and end in the state of a calm run',
      async () => {
        const chance = seededChance(SEED);
        const victims: string[] = [];
        const load = {
          cluster,
          partitions: PARTITIONS,
          seed: SEED,
          ratePerSecond: 200,
          processedWithinMs: 180_000,
          delivery,
        };
        const result = await underLoad(load, async () => {
          while (victims.length < KILLS) {
            const { least, most } = BETWEEN_KILLS_MS;
            await sleep(least + chance() * (most - least));
            victims.push(await killOne(cluster.instances(), chance));
          }
        });
        console.log(
          `${delivery}: ${KILLS} kills (${victims.join(' ')}), ${result.sent} messages, ${result.events} events, ` +
            `${result.customers} customers, ${result.changes} changes: clean, seed ${SEED}`,
        );
        expect(victims).toHaveLength(KILLS);
      },
      300_000 + 30_000 * KILLS,
    );
  },
);

/** Kills a process of any service and starts it again at once. */
async function killOne(instances: readonly Instance[], chance: () => number): Promise<string> {
  const victim = instances[Math.floor(chance() * instances.length)];
  if (!victim) throw new RangeError('there is no process');
  await victim.kill();
  await victim.start();
  return victim.name;
}
