import type { KeyedStore, StoredDocument } from '@bellwether/stream';
import { testServers } from '@bellwether/testkit/servers';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mongo } from '../open-mongo.ts';
import { type CuttingProxy, cuttingProxy, type Direction } from '../test-support/cutting-proxy.ts';
import { documentWith, nextVersion, type TestDatabase, testDatabase } from '../test-support/test-database.ts';

const RUNS = process.env.BELLWETHER_TEST_LENGTH === 'long' ? 500 : 200;
/** Each with a proxy and a client of its own: after a cut the driver waits half a second for news of the server. */
const WORKERS = 10;
const OLD_DOCUMENTS = 12;
const NEW_DOCUMENTS = 4;

/** How documents are written that are saved together. */
type Way = 'together where the server can' | 'one by one';
/** After which of the bytes that a save takes in this direction, as a share of them. */
interface Cut {
  readonly direction: Direction;
  readonly share: number;
}
/** What one cut led to. */
interface Outcome {
  readonly wasCut: boolean;
  readonly failed: boolean;
  readonly passed: Readonly<Record<Direction, number>>;
  /** Of the documents, those that were written although the save failed. */
  readonly written: number;
}

describe.skipIf(testServers.missing !== undefined)('connections that are cut (T10)', () => {
  let database: TestDatabase;
  beforeEach(() => {
    database = testDatabase();
  });
  afterEach(() => database.remove());

  it.each<Way>(['together where the server can', 'one by one'])(
    'leave documents that are written %s wholly old or wholly new, and reading again mends it',
    {
      timeout: 600_000,
    },
    async (way) => {
      const cut = fc.record<Cut>({
        direction: fc.constantFrom('request', 'reply'),
        // Without bias: a cut at the first byte shows little.
        share: fc.noBias(fc.nat(9_999)).map((n) => n / 10_000),
      });
      const cuts = fc.sample(cut, { numRuns: RUNS, seed: Number(process.env.BELLWETHER_SEED) });
      const outcomes: Outcome[] = [];
      await Promise.all(
        Array.from({ length: WORKERS }, (_, worker) =>
          work(database, { way, worker, cuts: cuts.filter((__, n) => n % WORKERS === worker), outcomes }),
        ),
      );
      const failed = outcomes.filter((outcome) => outcome.failed);
      const half = failed.filter(({ written }) => written > 0 && written < OLD_DOCUMENTS + NEW_DOCUMENTS);
      const whole = failed.filter(({ written }) => written === OLD_DOCUMENTS + NEW_DOCUMENTS);
      const none = failed.filter(({ written }) => written === 0);
      process.stdout.write(
        `Written ${way}, ${outcomes.filter(({ wasCut }) => wasCut).length} connections cut: ${none.length} saves wrote nothing, ` +
          `${half.length} a part, ${whole.length} everything without anybody hearing of it.\n`,
      );
      expect(outcomes).toHaveLength(RUNS);
      // Otherwise nothing was put to the test.
      expect(none.length).toBeGreaterThan(0);
      const { setName } = await database.plain.command({ hello: 1 });
      if (way !== 'one by one' && setName !== undefined) expect(half).toEqual([]);
      else expect([half.length, whole.length].every((count) => count > 0)).toBe(true);
    },
  );
});

async function work(
  database: TestDatabase,
  task: {
    readonly way: Way;
    readonly worker: number;
    readonly cuts: readonly Cut[];
    readonly outcomes: Outcome[];
  },
): Promise<void> {
  const server = new URL(testServers.mongodb().url);
  const proxy = await cuttingProxy({ host: server.hostname, port: Number(server.port) });
  const plain = await database.open();
  const uri = `mongodb://127.0.0.1:${proxy.port}/?directConnection=true`;
  const proxied = task.way === 'one by one' ? database.openOneByOne(uri) : await database.open({ uri });
  const place = { proxy, plain, proxied, worker: task.worker };
  try {
    const uncutRun = { run: 0, direction: 'request', bytes: Number.MAX_SAFE_INTEGER } as const;
    // Twice: the first also creates the collections.
    await saveWhileCut(place, uncutRun);
    const uncut = await saveWhileCut(place, { ...uncutRun, run: 1 });
    for (const [n, { direction, share }] of task.cuts.entries()) {
      const bytes = Math.floor(share * uncut.passed[direction]);
      task.outcomes.push(await saveWhileCut(place, { run: n + 2, direction, bytes }));
    }
  } finally {
    await proxied.close();
    await proxy.close();
  }
}

interface Place {
  readonly proxy: CuttingProxy;
  /** A store with a connection of its own that nobody cuts. */
  readonly plain: Mongo;
  readonly proxied: Mongo;
  readonly worker: number;
}

async function saveWhileCut(
  { proxy, plain, proxied, worker }: Place,
  { run, direction, bytes }: { readonly run: number; readonly direction: Direction; readonly bytes: number },
): Promise<Outcome> {
  const collection = `documents-${worker}`;
  const { old, wanted, entry } = workOf(run, `entries-${worker}`);
  await proxied.store.save(collection, old, []);
  const before = { request: proxy.passed('request'), reply: proxy.passed('reply') };

  proxy.cutAfter(direction, bytes);
  const failed = await proxied.store.save(collection, wanted, [entry]).then(
    (written) => {
      expect(written).toBe(wanted.length);
      return false;
    },
    (error) => {
      expect(error).toMatchObject({ name: 'StreamError', code: 'unavailable', retriable: true });
      return true;
    },
  );
  const wasCut = proxy.wasCut();
  const passed = {
    request: proxy.passed('request') - before.request,
    reply: proxy.passed('reply') - before.reply,
  };
  if (failed) expect(wasCut).toBe(true);

  const first = await remaining(plain.store, { collection, old, wanted });
  let left = first;
  // What the server had received in full may still have been at work while it was asked: then the guard holds.
  for (let attempt = 0; left.length > 0; attempt += 1) {
    expect(attempt).toBeLessThan(3);
    proxied.store.forget(collection, 0);
    await proxied.store.save(collection, left, [entry]);
    left = await remaining(plain.store, { collection, old, wanted });
  }
  proxied.store.forget(collection, 0);
  expect(await remaining(proxied.store, { collection, old, wanted })).toEqual([]);
  if (first.length === 0) await proxied.store.save(collection, [], [entry]);
  const stored = await proxied.readModels.entries(entry.collection, 'g', { limit: 1 });
  expect(stored).toEqual([{ id: entry.id, order: run, value: entry.value }]);
  return { wasCut, failed, passed, written: wanted.length - first.length };
}

function workOf(run: number, entries: string) {
  const textOf = (version: number) => ({ text: `${version}`.repeat(2_000), version });
  const old = Array.from({ length: OLD_DOCUMENTS }, (_, n) =>
    documentWith(`run-${run}-old-${n}`, { state: textOf(1) }),
  );
  const pending = [{ offset: 7, outcome: 'ok', outputs: [{ output: 'o', key: 'k', value: run }] }] as const;
  const changes = { appliedOffset: 7, pending, state: textOf(2) };
  const wanted = [
    ...old.map((document) => nextVersion(document, changes)),
    ...Array.from({ length: NEW_DOCUMENTS }, (_, n) => documentWith(`run-${run}-new-${n}`, changes)),
  ];
  return {
    old,
    wanted,
    entry: { collection: entries, id: `run-${run}`, group: 'g', order: run, value: textOf(3) },
  };
}

/** Those that are not written yet. Each document is as it was or as it should be, down to the last byte. */
async function remaining(
  store: KeyedStore,
  documents: {
    readonly collection: string;
    readonly old: readonly StoredDocument[];
    readonly wanted: readonly StoredDocument[];
  },
): Promise<StoredDocument[]> {
  const { collection, old, wanted } = documents;
  const found = await store.load(
    collection,
    wanted.map(({ id }) => id),
  );
  return wanted.filter((document) => {
    const text = JSON.stringify(found.get(document.id));
    if (text === JSON.stringify(document)) return false;
    expect(text).toBe(JSON.stringify(old.find(({ id }) => id === document.id)));
    return true;
  });
}
