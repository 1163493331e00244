import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from './support/cluster.ts';
import { type Repeats, repeatsOf } from './support/drop-repeats.ts';
import { loadServersMissing } from './support/load-servers.ts';
import type { Point } from './support/stand-still.ts';
import { underLoad } from './support/under-load.ts';
import { type StandingBatch, startZombie, type Zombie, type ZombieOutcome } from './support/zombie.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const PARTITIONS = 6;
const POINTS: readonly Point[] = ['before-save', 'before-publish', 'before-commit'];
/** How often it stands still at each point. */
const ROUNDS = process.env.BELLWETHER_TEST_LENGTH === 'long' ? 4 : 1;
/** Others are given its partitions after ten seconds, and then have to take over. */
const TAKEN_OVER_WITHIN_MS = 60_000;
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED zombies: ${missing}`);

describe.skipIf(missing !== undefined).each(['transactional', 'idempotent'] as const)(
  `a scorer that is stopped, and goes on when others have its partitions, %s delivery (T6, T7, seed ${SEED})`,
  (delivery) => {
    let cluster: Cluster;
    let zombie: Zombie;
    beforeAll(async () => {
      cluster = await startCluster({ partitions: PARTITIONS, delivery });
      await Promise.all([
        cluster.add('others', ['ingest', 'alerting', 'projection']),
        cluster.add('scoring', ['scoring']),
      ]);
      zombie = await startZombie(cluster.environment);
    }, 240_000);
    afterAll(async () => {
      await zombie?.kill();
      await cluster?.close();
    });

    it(
      'writes no document, is told so, and leaves no trace but repeats that can be told',
      async () => {
        const load = {
          cluster,
          delivery,
          partitions: PARTITIONS,
          seed: SEED,
          ratePerSecond: 150,
          processedWithinMs: 180_000,
        };
        const outcomes: ZombieOutcome[] = [];
        const result = await underLoad(load, async () => {
          for (let round = 0; round < ROUNDS; round += 1) {
            for (const point of POINTS) outcomes.push(await standStill({ cluster, zombie, point }));
          }
        });
        const repeats = await changesRepeated(cluster);
        console.log(
          `${delivery}: ${outcomes.map(described).join(', ')}; told ${zombie.timesFenced()} times that it is fenced; ` +
            `${repeats.count} changes repeated; ${result.events} events, ${result.changes} changes: clean, seed ${SEED}`,
        );
        expect(zombie.timesFenced()).toBeGreaterThanOrEqual(1);
        for (const outcome of outcomes) {
          if (outcome.kind === 'saved') expect(outcome.written).toBe(0);
          else expect(outcome.outcome).not.toBe('done');
        }
        // Without transactions nothing takes back what is with the broker: it is there twice, under the same numbers.
        expect(repeats.count > 0).toBe(delivery === 'idempotent');
        expect(repeats.different).toEqual([]);
      },
      300_000 + 360_000 * ROUNDS,
    );
  },
);

/** Stops the zombie at a point, lets others process its batch, and lets it go on. */
async function standStill(parts: {
  readonly cluster: Cluster;
  readonly zombie: Zombie;
  readonly point: Point;
}): Promise<ZombieOutcome> {
  const batch = await parts.zombie.stopAt(parts.point);
  await untilTakenOver(parts.cluster, batch);
  return await parts.zombie.goOn();
}

/** Until the group's offset is beyond the batch: it is the work of another. */
async function untilTakenOver({ servers }: Cluster, { partition, next }: StandingBatch): Promise<void> {
  const admin = new Kafka({ brokers: [servers.kafka.url], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const deadlineMs = performance.now() + TAKEN_OVER_WITHIN_MS;
    for (;;) {
      const topics = ['bellwether.customer-events'];
      const [found] = await admin.fetchOffsets({ groupId: 'bellwether.scoring', topics });
      const offset = Number(found?.partitions.find((each) => each.partition === partition)?.offset ?? -1);
      if (offset >= next) return;
      if (performance.now() > deadlineMs) throw new Error(`Nobody took partition ${partition} over.`);
      await sleep(200);
    }
  } finally {
    await admin.disconnect();
  }
}

async function changesRepeated(cluster: Cluster): Promise<Repeats> {
  const backend = await cluster.open();
  try {
    return await repeatsOf(backend.log, 'customer-changes');
  } finally {
    await backend.close();
  }
}

function described(outcome: ZombieOutcome): string {
  if (outcome.kind === 'saved') return `${outcome.written} of ${outcome.given} documents saved`;
  return `publishing ${outcome.outcome}`;
}
