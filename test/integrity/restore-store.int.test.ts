import { setTimeout as sleep } from 'node:timers/promises';
import { type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from './support/cluster.ts';
import { loadServersMissing } from './support/load-servers.ts';
import { underLoad } from './support/under-load.ts';

const SEED = Number(process.env.BELLWETHER_SEED);
const PARTITIONS = 3;
const DATABASE = 'bellwether';
const missing = await loadServersMissing();
if (missing !== undefined) console.log(`SKIPPED a restored store: ${missing}`);

describe.skipIf(missing !== undefined)(`a store brought back from an older copy (T21, seed ${SEED})`, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ partitions: PARTITIONS });
    await cluster.add('all', ['ingest', 'scoring', 'alerting', 'projection']);
  }, 240_000);
  afterAll(() => cluster?.close());

  it('is noticed at the start and repaired from the log: nothing is published twice, nothing is missing', async () => {
    const [all] = cluster.instances();
    if (!all) throw new RangeError('there is no process');
    const load = {
      cluster,
      partitions: PARTITIONS,
      seed: SEED,
      ratePerSecond: 150,
      processedWithinMs: 180_000,
    };
    let [copied, lost] = [0, 0];
    const result = await underLoad(load, async () => {
      await sleep(8_000);
      expect(await all.stop()).toBe(0);
      const copy = await copyDatabase(cluster.servers.mongodb.url);
      copied = countOf(copy);
      await all.start();
      await sleep(8_000);
      expect(await all.stop()).toBe(0);
      lost = countOf(await copyDatabase(cluster.servers.mongodb.url)) - copied;
      await restoreDatabase(cluster.servers.mongodb.url, copy);
      await all.start();
    });
    console.log(
      `T21: a copy of ${copied} documents was restored over ${lost} newer ones; ${result.events} events, ` +
        `${result.changes} changes: clean`,
    );
    expect(lost).toBeGreaterThan(0);
  }, 400_000);
});

type Copy = ReadonlyMap<string, readonly Document[]>;

async function copyDatabase(uri: string): Promise<Copy> {
  return await withDatabase(uri, async (client) => {
    const copy = new Map<string, readonly Document[]>();
    for (const { name } of await client.db(DATABASE).listCollections().toArray()) {
      copy.set(name, await client.db(DATABASE).collection(name).find().toArray());
    }
    return copy;
  });
}

async function restoreDatabase(uri: string, copy: Copy): Promise<void> {
  await withDatabase(uri, async (client) => {
    for (const { name } of await client.db(DATABASE).listCollections().toArray()) {
      await client.db(DATABASE).collection(name).deleteMany({});
      const documents = copy.get(name) ?? [];
      if (documents.length > 0)
        await client
          .db(DATABASE)
          .collection(name)
          .insertMany([...documents]);
    }
  });
}

async function withDatabase<T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri);
  try {
    return await work(await client.connect());
  } finally {
    await client.close();
  }
}

function countOf(copy: Copy): number {
  return [...copy.values()].reduce((sum, documents) => sum + documents.length, 0);
}
