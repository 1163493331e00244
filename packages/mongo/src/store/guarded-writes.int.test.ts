import { testServers } from '@bellwether/testkit/servers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mongo } from '../open-mongo.ts';
import { documentWith, nextVersion, type TestDatabase, testDatabase } from '../test-support/test-database.ts';

const WRITERS = 8;
const UPDATES_A_WRITER = process.env.BELLWETHER_TEST_LENGTH === 'long' ? 10_000 : 2_000;
const DOCUMENTS_A_SAVE = 5;
const IDS = Array.from({ length: 50 }, (_, n) => `counter-${n}`);

describe.skipIf(testServers.missing !== undefined)('guarded writes (T8)', () => {
  let database: TestDatabase;
  beforeEach(() => {
    database = testDatabase();
  });
  afterEach(() => database.remove());

  it('of eight writers at once: successes are versions, and none is lost', { timeout: 180_000 }, async () => {
    const writers = await Promise.all(Array.from({ length: WRITERS }, () => database.open()));
    const created = await Promise.all(writers.map(createAll));
    expect(sum(created)).toBe(IDS.length);
    const outcomes = await Promise.all(writers.map(updateMany));
    const successes = sum(outcomes.map((outcome) => outcome.successes));
    const conflicts = sum(outcomes.map((outcome) => outcome.conflicts));
    const [reader] = writers;
    if (!reader) throw new Error('no writers');
    reader.store.forget('counters', 0);
    const found = [...(await reader.store.load('counters', IDS)).values()];
    const counts = found.map(({ state }) => (state as { count: number }).count);
    process.stdout.write(`${successes} guarded updates by ${WRITERS} writers, ${conflicts} conflicts.\n`);
    expect(successes).toBeGreaterThanOrEqual(WRITERS * UPDATES_A_WRITER);
    expect(sum(counts)).toBe(successes);
    expect(found.map(({ writeVersion }) => writeVersion - 1)).toEqual(counts);
    // Without conflicts the writers would not have met, and the test would show nothing.
    expect(conflicts).toBeGreaterThan(0);
  });
});

/** All writers create all documents: each exists once. */
function createAll({ store }: Mongo): Promise<number> {
  const documents = IDS.map((id) => documentWith(id, { state: { count: 0 } }));
  return store.save('counters', documents, []);
}

async function updateMany(
  { store }: Mongo,
  writer: number,
): Promise<{ successes: number; conflicts: number }> {
  let successes = 0;
  let conflicts = 0;
  for (let round = 0; successes < UPDATES_A_WRITER; round += 1) {
    const first = (round * DOCUMENTS_A_SAVE + writer * 3) % IDS.length;
    const ids = Array.from({ length: DOCUMENTS_A_SAVE }, (_, n) => IDS[(first + n) % IDS.length] ?? '');
    const documents = [...(await store.load('counters', ids)).values()].map((document) =>
      nextVersion(document, { state: { count: (document.state as { count: number }).count + 1 } }),
    );
    const written = await store.save('counters', documents, []);
    successes += written;
    conflicts += documents.length - written;
    if (written < documents.length) store.forget('counters', 0);
  }
  return { successes, conflicts };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
