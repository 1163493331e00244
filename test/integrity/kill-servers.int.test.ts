import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../services/cli/src/backend/backend.ts';
import { type Cluster, startCluster } from './support/cluster.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { underLoad } from './support/under-load.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const isLong = process.env.BELLWETHER_TEST_LENGTH === 'long';
/** Of each server (T4, T5). */
const KILLS = isLong ? 5 : 2;
const PARTITIONS = 3;
const GONE_MS = 5_000;
const RESUMED_WITHIN_MS = 60_000;
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED kills of servers: ${missing}`);

describe.skipIf(missing !== undefined)(`a server killed with SIGKILL under load (seed ${SEED})`, () => {
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

  it.each([
    ['the broker', 'kafka', 'T4'],
    ['the store', 'mongodb', 'T5'],
  ] as const)(
    '%s: nothing acknowledged is lost, and work goes on within a minute of its return',
    async (_name, kind, test) => {
      const pausesMs: number[] = [];
      const seed = SEED + pausesMs.length + (kind === 'kafka' ? 0 : 1);
      const load = { cluster, partitions: PARTITIONS, seed, ratePerSecond: 150, processedWithinMs: 240_000 };
      const result = await underLoad(load, async () => {
        await sleep(4_000);
        for (let kill = 0; kill < KILLS; kill += 1) {
          await cluster.servers[kind].kill();
          await sleep(GONE_MS);
          await cluster.servers[kind].restart();
          pausesMs.push(await untilChangesGrow(cluster));
          await sleep(3_000);
        }
      });
      const pauses = pausesMs.map((ms) => `${(ms / 1_000).toFixed(1)} s`).join(', ');
      console.log(
        `${test}: ${KILLS} kills of ${cluster.servers[kind].name}, working again after ${pauses}; ` +
          `${result.sent} messages, ${result.events} events, ${result.changes} changes: clean`,
      );
      expect(Math.max(...pausesMs)).toBeLessThan(RESUMED_WITHIN_MS);
    },
    400_000 + 90_000 * KILLS,
  );
});

/** Milliseconds until scoring publishes again. */
async function untilChangesGrow(cluster: Cluster): Promise<number> {
  const startMs = performance.now();
  const backend = await patientlyOpen(cluster);
  try {
    const before = await changesIn(backend);
    while ((await changesIn(backend)) === before) {
      if (performance.now() - startMs > 2 * RESUMED_WITHIN_MS) break;
      await sleep(100);
    }
    return performance.now() - startMs;
  } finally {
    await backend.close();
  }
}

async function changesIn({ log }: Backend): Promise<number> {
  let sum = 0;
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    sum += await log.endOffset('customer-changes', partition);
  }
  return sum;
}

/** A broker that has just come back does not answer everything at once. */
async function patientlyOpen(cluster: Cluster): Promise<Backend> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await cluster.open();
    } catch (error) {
      if (attempt === 10) throw error;
      await sleep(1_000);
    }
  }
}
