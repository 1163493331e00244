import { type Collection, MongoClient } from 'mongodb';
import { type BenchServers, PARTITIONS } from './installation.ts';
import { measured, type RawRate } from './raw-kafka.ts';

const DATABASE = 'bench-raw';
const BULK_DOCUMENTS = 300;

interface RawDocument {
  readonly _id: string;
  readonly writeVersion: number;
  readonly state: unknown;
}

/** What the driver alone gets done. */
export interface RawMongo {
  readonly inserts: RawRate;
  /** One bulk write at a time. */
  readonly guardedUpdates: RawRate;
  /** As many bulk writes at once as there are partitions. */
  readonly guardedUpdatesAtOnce: RawRate;
}

/**
 * The driver alone: bulk writes of 300 documents of 1.7 kB, unordered, journaled. Guarded is an update that finds its
 * document by the version it was read with.
 */
export async function measureRawMongo(servers: BenchServers, documents: number): Promise<RawMongo> {
  const client = new MongoClient(servers.mongodb.url, {
    retryWrites: false,
    writeConcern: { w: 'majority', journal: true },
  });
  const rounds = Math.max(1, Math.round(documents / BULK_DOCUMENTS / PARTITIONS));
  try {
    const collections = Array.from({ length: PARTITIONS }, (_, index) =>
      client.db(DATABASE).collection<RawDocument>(`raw-${index}`),
    );
    // The first use of connection and collections is not measured.
    for (const each of collections) await each.bulkWrite([insertOf('first', 0)], { ordered: false });
    const inserts = await measured(servers, 'mongodb', async () => {
      for (const each of collections) await insertBulk(each);
      return collections.length * BULK_DOCUMENTS;
    });
    const guardedUpdates = await measured(servers, 'mongodb', async () => {
      for (const each of collections) await updateRounds(each, { first: 1, rounds });
      return rounds * collections.length * BULK_DOCUMENTS;
    });
    const guardedUpdatesAtOnce = await measured(servers, 'mongodb', async () => {
      await Promise.all(collections.map((each) => updateRounds(each, { first: rounds + 1, rounds })));
      return rounds * collections.length * BULK_DOCUMENTS;
    });
    return { inserts, guardedUpdates, guardedUpdatesAtOnce };
  } finally {
    await client.db(DATABASE).dropDatabase();
    await client.close();
  }
}

async function insertBulk(collection: Collection<RawDocument>): Promise<void> {
  const operations = Array.from({ length: BULK_DOCUMENTS }, (_, n) => insertOf(`customer-${n}`, 1));
  await collection.bulkWrite(operations, { ordered: false });
}

async function updateRounds(
  collection: Collection<RawDocument>,
  { first, rounds }: { readonly first: number; readonly rounds: number },
): Promise<void> {
  for (let version = first; version < first + rounds; version += 1) {
    const operations = Array.from({ length: BULK_DOCUMENTS }, (_, n) => {
      const { _id, ...replacement } = documentOf(`customer-${n}`, version + 1);
      return { replaceOne: { filter: { _id, writeVersion: version }, replacement } };
    });
    const { matchedCount } = await collection.bulkWrite(operations, { ordered: false });
    if (matchedCount !== BULK_DOCUMENTS)
      throw new Error(`${matchedCount} of ${BULK_DOCUMENTS} updates matched.`);
  }
}

function insertOf(id: string, version: number) {
  return { insertOne: { document: documentOf(id, version) } };
}

/** About 1.7 kB of BSON: names, numbers and lists, as the state of a customer has. */
function documentOf(id: string, writeVersion: number): RawDocument {
  const scores = Array.from({ length: 13 }, (_, n) => ({
    name: `score-number-${n}`,
    value: writeVersion * n,
    delta: n / 7,
    reasons: [`because of this ${n}`, `and also of that ${n}`],
  }));
  return { _id: id, writeVersion, state: { tenant: 'raw', scores } };
}
