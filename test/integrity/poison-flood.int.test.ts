import { setTimeout as sleep } from 'node:timers/promises';
import { readTopic } from '@bellwether/embedded';
import { DAY_MS, partitionOf, type QuarantineRecord } from '@bellwether/events';
import { type SimulatedEvent, simulatePortfolio } from '@bellwether/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CountingProxy } from '../../packages/registry/src/test-support/counting-proxy.ts';
import type { Backend } from '../../services/cli/src/backend/backend.ts';
import { type Cluster, type Instance, startCluster } from './support/cluster.ts';
import { expectClean, untilProcessed } from './support/expect-clean.ts';
import { type Garbage, makeGarbage, UNKNOWN_IDS } from './support/garbage.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { recordsOf } from './support/picture.ts';
import { connectPublisher, type PublishedRecord, type Publisher } from './support/publish-load.ts';
import { beginTenant, TENANT } from './support/under-load.ts';
import { readinessOf } from './support/watch-growth.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const PARTITIONS = 3;
const isLong = process.env.BELLWETHER_TEST_LENGTH === 'long';
/** Good events of a round; one message in five is garbage where there is any. */
const GOOD = isLong ? 20_000 : 3_000;
const GARBAGE = GOOD / 4;
/** Of the good ones, those that come through a topic without garbage. */
const ELSEWHERE_EVERY = 10;
const ROUNDS = isLong ? 5 : 2;
const MB = 1_048_576;
const PROCESSED_WITHIN_MS = 300_000;
const LOOK_MS = 250;
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED a flood of garbage: ${missing}`);

/** What a round came to. */
interface Round {
  /** Messages of any kind. */
  readonly ratePerSecond: number;
  readonly peakRss: number;
  /** Questions for schemas, by id. */
  readonly asked: ReadonlyMap<number, number>;
  readonly seconds: number;
}

describe.skipIf(missing !== undefined)(`a flood of garbage through Kafka (T16, seed ${SEED})`, () => {
  let cluster: Cluster;
  let proxy: CountingProxy;
  let publisher: Publisher;
  let all: Instance | undefined;
  const rest = yearOfEvents();
  const ids = new Set<string>();
  const garbage: Garbage[] = [];
  beforeAll(async () => {
    cluster = await startCluster({ partitions: PARTITIONS });
    proxy = new CountingProxy(cluster.servers.registry.url);
    publisher = await connectPublisher(cluster.servers.kafka.url);
    const through = { BELLWETHER_REGISTRY_URL: await proxy.start() };
    all = await cluster.add('all', ['ingest', 'scoring', 'alerting', 'projection'], through);
    await beginTenant(cluster);
    await untilProcessed(cluster, PROCESSED_WITHIN_MS);
  }, 240_000);
  afterAll(async () => {
    await publisher?.close();
    await cluster?.close();
    await proxy?.stop();
  });

  /** Everything lies in the log when the process starts. */
  const round = async (instance: Instance, extra: readonly Garbage[]): Promise<Round> => {
    await instance.stop();
    const good = rest.splice(0, GOOD);
    for (const { id } of good) ids.add(id);
    await publishMixed(publisher, good, extra);
    const backend = await cluster.open();
    const ends = await endsOf(backend);
    const asked = proxy.asked.length;
    const startedMs = performance.now();
    await instance.start();
    const rss = watchRss(instance.url());
    await untilProcessed(cluster, PROCESSED_WITHIN_MS);
    const peakRss = await rss.end();
    const workedMs = await millisecondsOfWork(backend, ends);
    await backend.close();
    return {
      ratePerSecond: Math.round(((GOOD + extra.length) * 1_000) / workedMs),
      peakRss,
      asked: countedById(proxy.asked.slice(asked)),
      seconds: (performance.now() - startedMs) / 1_000,
    };
  };

  it('holds up nothing, asks for no schema twice, and keeps every byte (in long runs: costs less than a fifth)', async () => {
    if (!all) throw new RangeError('there is no process');
    const [calm, flooded]: [Round[], Round[]] = [[], []];
    for (let n = 0; n < ROUNDS; n += 1) {
      calm.push(await round(all, []));
      const extra = makeGarbage(GARBAGE, { key: `${TENANT}|g${n}-`, partitions: PARTITIONS, seed: SEED + n });
      garbage.push(...extra);
      flooded.push(await round(all, extra));
    }
    expect(await readinessOf(all.url())).toEqual([]);
    const [base, rate] = [calm, flooded].map(medianRate);
    const grownMb = Math.round((peakOf(flooded) - peakOf(calm)) / MB);
    const asked = flooded.map(({ asked: byId }) => UNKNOWN_IDS.map((id) => byId.get(id) ?? 0));
    const counts = await expectQuarantined(cluster, garbage);
    const clean = await expectGood(cluster, ids);
    console.log(
      `T16: ${ROUNDS} rounds of ${GOOD} events with and without ${GARBAGE} messages of garbage: ${rate} and ${base} messages/s ` +
        `(${rates(flooded)}; ${rates(calm)}), RSS ${Math.round(peakOf(flooded) / MB)} MB and ${Math.round(peakOf(calm) / MB)} MB ` +
        `at most; ${UNKNOWN_IDS.length} unknown ids asked for ${asked.flat().join('')} times; quarantined ${counts}; ${clean}`,
    );
    for (const [n, { seconds }] of flooded.entries()) {
      expect(Math.max(...(asked[n] ?? []))).toBeLessThanOrEqual(Math.ceil(seconds / 60));
    }
    expect(asked.flat().some((count) => count > 0)).toBe(true);
    expect(grownMb).toBeLessThan(100);
    // A short run says little about rates, least of all where others use the machine too.
    if (isLong) expect((rate ?? 0) / (base ?? 1)).toBeGreaterThan(0.8);
  }, 1_200_000);
});

/** One round that was favoured or held up by chance does not decide. */
function medianRate(rounds: readonly Round[]): number {
  const sorted = rounds.map((one) => one.ratePerSecond).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function yearOfEvents(): SimulatedEvent[] {
  const endDay = Math.floor(Date.now() / DAY_MS) - 1;
  return [
    ...simulatePortfolio({
      seed: SEED,
      customers: isLong ? 500 : 90,
      startDay: endDay - 364,
      endDay,
    }).events(),
  ];
}

/** Good events in small lots with the garbage between them; what is large goes alone. */
async function publishMixed(
  publisher: Publisher,
  good: readonly SimulatedEvent[],
  garbage: readonly Garbage[],
): Promise<void> {
  const lots = 60;
  for (let lot = 0; lot < lots; lot += 1) {
    const part = <T>(all: readonly T[]) =>
      all.slice((lot * all.length) / lots, ((lot + 1) * all.length) / lots);
    const [events, extra] = [part(good), part(garbage).map(({ record }) => record)];
    const isElsewhere = (_: SimulatedEvent, n: number) => n % ELSEWHERE_EVERY === 0;
    const here = events.filter((event, n) => !isElsewhere(event, n)).map(recordOf);
    const small = extra.filter(({ bytes }) => bytes.length < MB);
    await publisher.send('bellwether.source-crm', [...here, ...small]);
    await publisher.send('bellwether.source-product', events.filter(isElsewhere).map(recordOf));
    for (const large of extra.filter(({ bytes }) => bytes.length >= MB)) {
      await publisher.send('bellwether.source-crm', [large]);
    }
  }
}

function recordOf(event: SimulatedEvent): PublishedRecord {
  const key = `${TENANT}|${event.subject}`;
  return { key, partition: partitionOf(key, PARTITIONS), text: JSON.stringify({ ...event, tenant: TENANT }) };
}

const OUTPUTS = ['customer-events', 'customer-changes', 'alerts', 'ingest-quarantine'];

async function endsOf({ log }: Backend): Promise<ReadonlyMap<string, number>> {
  const ends = new Map<string, number>();
  for (const topic of OUTPUTS) {
    for (let partition = 0; partition < log.partitions(topic); partition += 1) {
      ends.set(`${topic}/${partition}`, await log.endOffset(topic, partition));
    }
  }
  return ends;
}

/** From the first to the last record that came since, by the clock of the broker. */
async function millisecondsOfWork({ log }: Backend, since: ReadonlyMap<string, number>): Promise<number> {
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const topic of OUTPUTS) {
    for await (const { partition, offset, timestampMs } of readTopic(log, topic)) {
      if (offset < (since.get(`${topic}/${partition}`) ?? 0)) continue;
      first = Math.min(first, timestampMs);
      last = Math.max(last, timestampMs);
    }
  }
  return last - first;
}

function countedById(asked: readonly string[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const line of asked) {
    const id = Number(/\/schemas\/ids\/(\d+)/.exec(line)?.[1]);
    if (!Number.isNaN(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** The greatest resident memory of a process from now on, bytes, as its metrics have it. */
function watchRss(url: string): { end(): Promise<number> } {
  let [peak, isOver] = [0, false];
  const looking = (async () => {
    while (!isOver) {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      peak = Math.max(peak, Number(/^process_resident_memory_bytes (\d+)/m.exec(metrics)?.[1]));
      await sleep(LOOK_MS);
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await looking;
      return peak;
    },
  };
}

const peakOf = (rounds: readonly Round[]) => Math.max(...rounds.map(({ peakRss }) => peakRss));
const rates = (rounds: readonly Round[]) => rounds.map(({ ratePerSecond }) => ratePerSecond).join(' ');

/** Fails unless exactly the garbage is in quarantine, each for its reason and with its bytes. */
async function expectQuarantined(cluster: Cluster, garbage: readonly Garbage[]): Promise<string> {
  const backend = await cluster.open();
  const entries = (await recordsOf<QuarantineRecord>(backend, 'ingest-quarantine')).map(({ value }) => value);
  await backend.close();
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  expect([entries.length, byKey.size]).toEqual([garbage.length, garbage.length]);
  for (const { record, reason } of garbage) {
    const entry = byKey.get(record.key);
    const { bytes } = record;
    const kept = Buffer.from(entry?.original ?? '', entry?.encoding === 'base64' ? 'base64' : 'utf8');
    const isWhole = entry?.truncated
      ? kept.length > 0 && kept.length < bytes.length
      : kept.length === bytes.length;
    const isSame = kept.equals(bytes.subarray(0, kept.length));
    expect({ key: record.key, reason: entry?.reason, isWhole, isSame }).toEqual({
      key: record.key,
      reason,
      isWhole: true,
      isSame: true,
    });
  }
  const counts = Map.groupBy(entries, ({ reason }) => reason);
  return [...counts].map(([reason, { length }]) => `${length} ${reason}`).join(', ');
}

async function expectGood(cluster: Cluster, ids: ReadonlySet<string>): Promise<string> {
  const backend = await cluster.open();
  try {
    const { events, changes } = await expectClean(backend, ids);
    expect(events).toBe(ids.size);
    return `${events} events, ${changes} changes: clean`;
  } finally {
    await backend.close();
  }
}
