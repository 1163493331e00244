import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyedStore } from '@bellwether/stream';
import { ownServersMissing, startOwnServers } from '@bellwether/testkit/servers';
import { describe, expect, it } from 'vitest';
import { openMongo } from '../open-mongo.ts';
import { documentWith, nextVersion } from '../test-support/test-database.ts';

const KILLS = process.env.BELLWETHER_TEST_LENGTH === 'long' ? 40 : 5;
const WRITERS = 4;
const AT_WORK_MS = 400;
const missing = await ownServersMissing();
if (missing !== undefined) process.stdout.write(`SKIPPED kills of a store that is written to: ${missing}\n`);

describe.skipIf(missing !== undefined)(
  'a server that is killed with SIGKILL while it is written to (T5)',
  () => {
    it('has every document that it acknowledged, alone and together, when it is back', {
      timeout: 60_000 + 10_000 * KILLS,
    }, async () => {
      const servers = await startOwnServers(['mongodb']);
      const mongo = await openMongo({ uri: servers.mongodb.url, database: 'killed' });
      const acknowledged = new Map<string, number>();
      try {
        for (let kill = 0; kill < KILLS; kill += 1) {
          const stop = new AbortController();
          const writing = Array.from({ length: WRITERS }, (_, writer) =>
            write(mongo.store, `${kill}-${writer}`, { acknowledged, signal: stop.signal }),
          );
          await sleep(AT_WORK_MS);
          await servers.mongodb.kill();
          stop.abort();
          await servers.mongodb.restart();
          await Promise.all(writing);
          const lost = [];
          mongo.store.forget('customers', 0);
          for (const [id, version] of acknowledged) {
            const found = (await mongo.store.load('customers', [id])).get(id);
            if ((found?.writeVersion ?? 0) < version)
              lost.push(`${id}: ${found?.writeVersion} of ${version}`);
          }
          expect(lost).toEqual([]);
        }
        const versions = [...acknowledged.values()].reduce((sum, version) => sum + version, 0);
        process.stdout.write(
          `T5: ${KILLS} kills of ${servers.mongodb.name}, ${versions} acknowledged writes: all there\n`,
        );
        expect(versions).toBeGreaterThan(100 * KILLS);
      } finally {
        await mongo.close();
        await servers.stopAll();
      }
    });
  },
);

/** Writes versions of documents, one alone and then three together, until the server is gone. */
async function write(
  store: KeyedStore,
  name: string,
  told: { readonly acknowledged: Map<string, number>; readonly signal: AbortSignal },
): Promise<void> {
  const series = [[`${name}-alone`], ['a', 'b', 'c'].map((end) => `${name}-${end}`)];
  let documents = series.map((ids) => ids.map((id) => documentWith(id)));
  while (!told.signal.aborted) {
    for (const some of documents) {
      const written = await store.save('customers', some, []).catch((error: unknown) => {
        // Of a write without an answer nobody knows whether it was done.
        if ((error as { code?: string }).code === 'unavailable') return undefined;
        throw error;
      });
      if (written === undefined) return;
      expect(written).toBe(some.length);
      for (const { id, writeVersion } of some) told.acknowledged.set(id, writeVersion);
    }
    documents = documents.map((some) => some.map((document) => nextVersion(document)));
  }
}
