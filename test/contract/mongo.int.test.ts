import { randomUUID } from 'node:crypto';
import { keyedStoreContract, readModelsContract } from '@bellwether/testkit';
import { testServers } from '@bellwether/testkit/servers';
import { MongoClient } from 'mongodb';
import { afterAll, describe } from 'vitest';
import { mongoStore } from './mongo-under-test.ts';

describe.skipIf(testServers.missing !== undefined)('MongoDB', () => {
  const database = `contract-${randomUUID()}`;
  let number = 0;
  const open = () => {
    number += 1;
    return mongoStore({ uri: testServers.mongodb().url, database, number });
  };
  afterAll(async () => {
    const client = new MongoClient(testServers.mongodb().url);
    await client.db(database).dropDatabase();
    await client.close();
  });

  keyedStoreContract('MongoDB', open, { durable: true });
  readModelsContract('MongoDB', open, { durable: true });
});
