import type { PendingEntry, StoredDocument } from '@bellwether/stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JSON_SAMPLES } from './json-samples.ts';
import type { Durability } from './log-harness.ts';
import { documentWith, nextVersion, type OpenStore, type StoreUnderTest } from './store-harness.ts';
import { describeQueries } from './store-queries-contract.ts';
import { describeWriting } from './store-writing-contract.ts';

/** What every keyed store promises to the loop; see the port. Nothing here relies on a kind of database. */
export function keyedStoreContract(name: string, open: OpenStore, { durable }: Durability): void {
  describe(`keyed store: ${name}`, () => {
    describeLoading(open);
    describeWriting(open);
    describeQueries(open);
    if (durable) describeReopening(open);
  });
}

const PENDING: readonly PendingEntry[] = [
  { offset: 41, outcome: 'duplicate', outputs: [] },
  {
    offset: 42,
    outcome: 'ok',
    outputs: [
      { output: 'changes', key: 'tenant|Zoë', value: { sequence: 1, note: null } },
      { output: 'controls', key: 'tenant', partition: 3, value: null },
    ],
  },
];

const FULL: StoredDocument = {
  id: 'tenant|Zoë:1',
  partition: 2,
  writeVersion: 1,
  appliedOffset: Number.MAX_SAFE_INTEGER,
  pending: PENDING,
  index: { group: 'tenant', slot: 1023, dueDay: -3, contextVersion: 7, rank: Number.MAX_SAFE_INTEGER },
  state: { samples: JSON_SAMPLES },
};

function describeLoading(open: OpenStore): void {
  describe('loading', () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    /** Loads it as it is cached and as it is stored. */
    async function expectStored(document: StoredDocument): Promise<void> {
      for (let round = 0; round < 2; round += 1) {
        const found = (await under.store.load(under.collection, [document.id])).get(document.id);
        expect(found).toEqual(document);
        expect(JSON.stringify(found?.state)).toBe(JSON.stringify(document.state));
        under.store.forget(under.collection, document.partition);
      }
    }

    it('gives those documents that exist', async () => {
      const { store, collection, otherCollection } = under;
      expect((await store.load(collection, ['a', 'b'])).size).toBe(0);
      await store.save(collection, [documentWith('a'), documentWith('c')], []);
      const found = await store.load(collection, ['a', 'b', 'c', 'a']);
      expect([...found.keys()].sort()).toEqual(['a', 'c']);
      expect((await store.load(otherCollection, ['a'])).size).toBe(0);
      expect((await store.load(collection, [])).size).toBe(0);
    });

    it('gives back every field as it was saved, byte for byte', async () => {
      expect(await under.store.save(under.collection, [FULL], [])).toBe(1);
      await expectStored(FULL);
    });

    it('gives the newest version, whichever of its fields changed', async () => {
      const { store, collection } = under;
      let document = documentWith('a');
      await store.save(collection, [document], []);
      const changes: Partial<StoredDocument>[] = [
        { state: { value: 'new' } },
        { appliedOffset: 5, pending: PENDING },
        { pending: [] },
        { index: { group: 'tenant', slot: 4, dueDay: 12, contextVersion: 1, rank: -1.5 } },
        { index: { group: 'other' } },
        { index: {} },
      ];
      for (const change of changes) {
        document = nextVersion(document, change);
        expect(await store.save(collection, [document], [])).toBe(1);
        await expectStored(document);
      }
    });

    it('gives states of every JSON value', async () => {
      const documents = JSON_SAMPLES.map((state, n) => documentWith(`sample-${n}`, { state }));
      expect(await under.store.save(under.collection, documents, [])).toBe(documents.length);
      for (const document of documents) await expectStored(document);
    });

    it('keeps large documents', async () => {
      const document = documentWith('large', { state: { text: 'é'.repeat(500_000), list: [1, 2] } });
      await under.store.save(under.collection, [document], []);
      await expectStored(document);
    });
  });
}

function describeReopening(open: OpenStore): void {
  it('gives the same documents after closing and opening again', async () => {
    const { store, collection, reopen, close } = await open();
    const changed = nextVersion(documentWith('b'), { state: 'second' });
    await store.save(collection, [FULL, documentWith('b')], []);
    await store.save(collection, [changed], []);
    const again = (await reopen()).store;
    const found = await again.load(collection, [FULL.id, 'b']);
    expect(found.get(FULL.id)).toEqual(FULL);
    expect(found.get('b')).toEqual(changed);
    expect(await again.save(collection, [nextVersion(FULL), documentWith('b')], [])).toBe(1);
    await close();
  });
}
