import { type Mongo, openMongo } from '@bellwether/mongo';
import type { StoreUnderTest } from '@bellwether/testkit';

/** The store and read models over collections of their own in one database. */
export interface MongoPlace {
  readonly uri: string;
  readonly database: string;
  /** Told apart from every other number of the same database. */
  readonly number: number;
}

/** MongoDB through `openMongo`; the database is to be dropped by the caller. */
export async function mongoStore({ uri, database, number }: MongoPlace): Promise<StoreUnderTest> {
  const opened: Mongo[] = [];
  const openAgain = async () => {
    const mongo = await openMongo({ uri, database });
    opened.push(mongo);
    return mongo;
  };
  const closeAll = async () => {
    for (const mongo of opened.splice(0)) await mongo.close();
  };
  const { store, readModels } = await openAgain();
  return {
    store,
    readModels,
    collection: `documents-${number}`,
    otherCollection: `other-documents-${number}`,
    entries: `history-${number}`,
    openAnother: async () => (await openAgain()).store,
    reopen: async () => {
      await closeAll();
      return await openAgain();
    },
    close: closeAll,
  };
}
