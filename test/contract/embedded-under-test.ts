import { openEmbedded } from '@bellwether/embedded';
import type { LogUnderTest, StoreUnderTest } from '@bellwether/testkit';

const TOPICS = { single: 'single', keyed: 'keyed', other: 'other' };

function openAt(path: string, inMemory: boolean) {
  return openEmbedded({
    path,
    partitions: 3,
    topics: { single: 'one', keyed: 'keyed', other: 'keyed' },
    collections: { documents: { inMemory } },
  });
}

/** The embedded log in a data folder, or with `:memory:` in memory. */
export async function embeddedLog(path: string): Promise<LogUnderTest> {
  let embedded = openAt(path, false);
  const reopen = async () => {
    await embedded.close();
    embedded = openAt(path, false);
    return embedded.log;
  };
  return {
    log: embedded.log,
    topics: TOPICS,
    group: 'group',
    reopen,
    close: () => embedded.close(),
  };
}

/** The embedded store and read models; `inMemory` says whether the tested collection is kept in memory for queries. */
export async function embeddedStore(path: string, options: { inMemory: boolean }): Promise<StoreUnderTest> {
  let embedded = openAt(path, options.inMemory);
  const reopen = async () => {
    await embedded.close();
    embedded = openAt(path, options.inMemory);
    return embedded;
  };
  return {
    store: embedded.store,
    readModels: embedded.readModels,
    collection: 'documents',
    otherCollection: 'other-documents',
    entries: 'history',
    reopen,
    close: () => embedded.close(),
  };
}
