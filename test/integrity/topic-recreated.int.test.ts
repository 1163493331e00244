import { setTimeout as sleep } from 'node:timers/promises';
import { DAY_MS } from '@bellwether/events';
import { type SimulatedEvent, simulatePortfolio } from '@bellwether/simulator';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, type Instance, startCluster } from './support/cluster.ts';
import { type CopiedRecord, copyOf, expectClean, untilProcessed } from './support/expect-clean.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { publishLoad } from './support/publish-load.ts';
import { beginTenant, TENANT } from './support/under-load.ts';
import { readinessOf, untilGrown } from './support/watch-growth.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const PARTITIONS = 3;
/** Events before a topic is made anew, and the fewer ones that come after. */
const [BEFORE, AFTER] = [400, 60];
const NOTICED_WITHIN_MS = 90_000;
const PROCESSED_WITHIN_MS = 120_000;
const GROWN_WITHIN_MS = 30_000;
const ANEW =
  /has applied \d+ records of [a-z-]+\/\d, but the log ends at \d+: it was made anew or has lost its end/;
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED topics that are made anew: ${missing}`);

describe.skipIf(missing !== undefined)(
  `a topic that was made anew, with fewer records (T19, seed ${SEED})`,
  () => {
    let cluster: Cluster;
    let [ingest, others]: Instance[] = [];
    const ids = new Set<string>();
    let rest = eventsOf(SEED);
    let earlier: readonly CopiedRecord[] = [];
    const send = async (count: number): Promise<void> => {
      const [events, later] = [rest.slice(0, count), rest.slice(count)];
      rest = later;
      const place = { broker: cluster.servers.kafka.url, topic: 'bellwether.source-crm', tenant: TENANT };
      const sent = await publishLoad({ ...place, partitions: PARTITIONS, events, ratePerSecond: 400 });
      for (const id of sent.ids) ids.add(id);
    };
    beforeAll(async () => {
      cluster = await startCluster({ partitions: PARTITIONS });
      [ingest, others] = await Promise.all([
        cluster.add('ingest', ['ingest']),
        cluster.add('others', ['scoring', 'alerting', 'projection']),
      ]);
      await beginTenant(cluster);
      await send(BEFORE);
      await untilProcessed(cluster, PROCESSED_WITHIN_MS);
    }, 240_000);
    afterAll(() => cluster?.close());

    const expectAllClean = async (): Promise<string> => {
      await untilProcessed(cluster, PROCESSED_WITHIN_MS);
      const backend = await cluster.open();
      try {
        const { events, changes } = await expectClean(backend, ids, { earlier });
        return `${events} events, ${changes} changes: clean`;
      } finally {
        await backend.close();
      }
    };

    it('of a source, under a service that runs: it stops there with a sentence, and the others go on', async () => {
      if (!ingest) throw new RangeError('there is no process');
      await makeAnew(cluster, 'source-crm');
      await send(AFTER);
      const { reasons, afterMs } = await untilTold(ingest, 'ingest-crm');
      expect(reasons.filter((reason) => !reason.startsWith('ingest-crm/'))).toEqual([]);
      // What comes over HTTP has a log of its own.
      const growing = untilGrown(cluster, 'customer-changes', GROWN_WITHIN_MS);
      await post(ingest, rest.splice(0, 50), ids);
      await growing;
      expect(await ingest.stop()).toBe(0);
      const said = await cluster.command('accept-log', 'source-crm');
      expect(said).toBe('ingest-crm: 3 partition(s) go on at the beginning of source-crm.\n');
      await ingest.start();
      const clean = await expectAllClean();
      expect(await readinessOf(ingest.url())).toEqual([]);
      console.log(
        `T19: source-crm made anew under ingest, told after ${afterMs} ms ("${reasons[0]}"); accepted; ${clean}`,
      );
    }, 400_000);

    it('customer-events, while everything was stopped: who reads it refuses, the others go on', async () => {
      if (!ingest || !others) throw new RangeError('there is no process');
      expect([await ingest.stop(), await others.stop()]).toEqual([0, 0]);
      earlier = await copyOfEvents(cluster);
      await makeAnew(cluster, 'customer-events');
      await ingest.start();
      await send(AFTER);
      await others.start();
      const { reasons, afterMs } = await untilTold(others, 'scoring', 'projection-events');
      expect(reasons.filter((reason) => !/^(?:scoring|projection-events)\//.test(reason))).toEqual([]);
      expect(await readinessOf(ingest.url())).toEqual([]);
      expect(await others.stop()).toBe(0);
      const said = await cluster.command('accept-log', 'customer-events');
      expect(said.split('\n').filter((line) => line.includes('3 partition(s) go on'))).toHaveLength(2);
      await others.start();
      await send(AFTER);
      const clean = await expectAllClean();
      expect(await readinessOf(others.url())).toEqual([]);
      console.log(
        `T19: customer-events made anew while all was stopped, told ${afterMs} ms after the start ("${reasons[0]}"); accepted; ` +
          `${earlier.length} records from before, ${clean}`,
      );
    }, 400_000);
  },
);

function eventsOf(seed: number): SimulatedEvent[] {
  const endDay = Math.floor(Date.now() / DAY_MS) - 1;
  return [...simulatePortfolio({ seed, customers: 60, startDay: endDay - 30, endDay }).events()];
}

/** Deletes a topic; a program that opens the log makes it again, as it should be. */
async function makeAnew(cluster: Cluster, topic: string): Promise<void> {
  const retry = { retries: 20, maxRetryTime: 1_000 };
  const admin = new Kafka({
    brokers: [cluster.servers.kafka.url],
    retry,
    logLevel: logLevel.NOTHING,
  }).admin();
  await admin.connect();
  const name = `bellwether.${topic}`;
  await admin.deleteTopics({ topics: [name] });
  while ((await admin.listTopics()).includes(name)) await sleep(50);
  await admin.disconnect();
  await (await cluster.open()).close();
}

/** Resolves when every partition of the topologies has said that it stops because the log is another one. */
async function untilTold({ url, lines }: Instance, ...topologies: readonly string[]) {
  const startMs = performance.now();
  const places = topologies.flatMap((name) => [0, 1, 2].map((partition) => `${name}/${partition} stopped: `));
  for (;;) {
    const reasons = await readinessOf(url());
    const isTold = (place: string) => reasons.some((reason) => reason.startsWith(place) && ANEW.test(reason));
    const afterMs = Math.round(performance.now() - startMs);
    if (places.every(isTold)) return { reasons, afterMs };
    if (afterMs > NOTICED_WITHIN_MS) {
      throw new Error(`Not told in time: ${reasons.join('\n')}\n${lines().slice(-10).join('\n')}`);
    }
    await sleep(200);
  }
}

async function post({ url }: Instance, events: readonly SimulatedEvent[], ids: Set<string>): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(events);
  const answer = await fetch(`${url()}/v1/tenants/${TENANT}/events`, { method: 'POST', headers, body });
  expect(answer.status).toBe(202);
  for (const { id } of events) ids.add(id);
}

async function copyOfEvents(cluster: Cluster): Promise<readonly CopiedRecord[]> {
  const backend = await cluster.open();
  const copy = await copyOf(backend, 'customer-events');
  await backend.close();
  return copy;
}
