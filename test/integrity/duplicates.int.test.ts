import { DAY_MS, partitionOf } from '@bellwether/events';
import { type SimulatedEvent, simulatePortfolio } from '@bellwether/simulator';
import { seededChance } from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from './support/cluster.ts';
import {
  beginEmbeddedTenant,
  beginLiveTenant,
  byTime,
  type LiveTenant,
  type SentEvent,
  SOURCE_TOPIC,
  untilCounted,
  untilIngested,
} from './support/live-tenant.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { openPipeline } from './support/open-pipeline.ts';
import { type Picture, pictureOf } from './support/picture.ts';
import { connectPublisher } from './support/publish-load.ts';
import { pictureFaults } from './support/same-picture.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const TENANT = 'simulated';
const PARTITIONS = 3;
const START_DAY = 19_300;
const DAYS = process.env.BELLWETHER_TEST_LENGTH === 'long' ? 60 : 10;
const HOUR_MS = 3_600_000;
/** Of the third copies, those that come an hour later, in another partition. */
const LATE_SHARE = 0.2;
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED duplicates on servers: ${missing}`);

describe.skipIf(missing !== undefined)(`every event three times (T13, seed ${SEED})`, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ partitions: PARTITIONS });
  }, 240_000);
  afterAll(() => cluster?.close());

  it('in other places, and some of them an hour later: the state is that of events that came once', async () => {
    const endDay = START_DAY + DAYS - 1;
    const events = [
      ...simulatePortfolio({ seed: SEED, customers: 40, startDay: START_DAY, endDay }).events(),
    ];
    const expected = await pictureOfEventsOnce(events);
    const chance = seededChance(SEED);
    let late = 0;
    const found = await pictureOnServers(cluster, async (tenant) => {
      let waiting: SentEvent[] = [];
      await through(events, tenant, async (hour) => {
        // What is late stands before what happens now, as it would in a queue that was held up.
        await tenant.send(waiting.splice(0));
        const isLate = hour.map(() => chance() < LATE_SHARE);
        const [delayed, prompt] = [hour.filter((_, n) => isLate[n]), hour.filter((_, n) => !isLate[n])];
        late += delayed.length;
        await tenant.send([
          ...hour.flatMap((event) => [{ event }, { event }]),
          ...prompt.map((event) => ({ event })),
        ]);
        waiting = delayed.map((event) => ({ event, partition: anotherPartition(event, chance) }));
      });
      await tenant.send(waiting);
    });
    expect(pictureFaults(expected, found, ['accounting'])).toEqual([]);
    const count = events.length;
    const scored = {
      once: `${count} ok, 0 duplicate, 0 quarantined`,
      thrice: `${count} ok, ${2 * count} duplicate, 0 quarantined`,
    };
    const key = `scoring ${TENANT}`;
    expect([expected.accounting.get(key), found.accounting.get(key)]).toEqual([scored.once, scored.thrice]);
    console.log(
      `T13: ${count} events of ${expected.states.size} customers, each three times, ${late} of the copies an hour later ` +
        `in another partition: ${found.accounting.get(key)}; states and changes as those of events that came once`,
    );
    expect(late).toBeGreaterThan(count / 10);
  }, 600_000);
});

/** Day after day and hour after hour, with the clock. */
async function through(
  events: readonly SimulatedEvent[],
  tenant: LiveTenant,
  sendHour: (events: readonly SimulatedEvent[]) => Promise<void>,
): Promise<void> {
  for (const [day, ofDay] of byTime(events)) {
    await tenant.tick(day * DAY_MS + HOUR_MS);
    for (const hour of byTime(ofDay, HOUR_MS).values()) await sendHour(hour);
  }
  await tenant.tick((START_DAY + DAYS) * DAY_MS);
}

async function pictureOfEventsOnce(events: readonly SimulatedEvent[]): Promise<Picture> {
  const pipeline = await openPipeline({ partitions: PARTITIONS, now: 0 });
  try {
    const tenant = await beginEmbeddedTenant(pipeline, { tenant: TENANT, beginsAt: START_DAY * DAY_MS });
    await through(events, tenant, (hour) => tenant.send(hour.map((event) => ({ event }))));
    return await pictureOf(pipeline.engine, 'separate-runs');
  } finally {
    await pipeline.close();
  }
}

async function pictureOnServers(
  cluster: Cluster,
  happening: (tenant: LiveTenant) => Promise<void>,
): Promise<Picture> {
  const pipeline = await openPipeline({ backend: await cluster.open(), now: 0 });
  const publisher = await connectPublisher(cluster.servers.kafka.url);
  const stop = new AbortController();
  const { engine } = pipeline;
  const loops = engine.run(stop.signal);
  try {
    const tenant = await beginLiveTenant(engine, {
      tenant: TENANT,
      beginsAt: START_DAY * DAY_MS,
      publish: (records) => publisher.send(`bellwether.${SOURCE_TOPIC}`, records),
      untilIngested: () => untilIngested(engine),
      untilCounted: () => untilCounted(engine),
    });
    await Promise.race([loops, happening(tenant)]);
    stop.abort();
    await loops;
    await pipeline.settle();
    return await pictureOf(engine, 'separate-runs');
  } finally {
    stop.abort();
    await publisher.close();
    await pipeline.close();
  }
}

/** Where its customer's events do not belong. */
function anotherPartition({ subject }: SimulatedEvent, chance: () => number): number {
  const own = partitionOf(`${TENANT}|${subject}`, PARTITIONS);
  return (own + 1 + Math.floor(chance() * (PARTITIONS - 1))) % PARTITIONS;
}
