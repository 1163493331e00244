import { keyedStoreContract, logContract, readModelsContract } from '@bellwether/testkit';
import { embeddedLog, embeddedStore } from './embedded-under-test.ts';

logContract('embedded in memory', () => embeddedLog(':memory:'), { durable: false });
keyedStoreContract('embedded in memory', () => embeddedStore(':memory:', { inMemory: false }), {
  durable: false,
});
readModelsContract(
  'embedded in memory, filtered from the table',
  () => embeddedStore(':memory:', { inMemory: false }),
  { durable: false },
);
readModelsContract('embedded in memory, states kept', () => embeddedStore(':memory:', { inMemory: true }), {
  durable: false,
});
