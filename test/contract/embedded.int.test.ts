import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyedStoreContract, logContract, readModelsContract } from '@bellwether/testkit';
import { afterAll } from 'vitest';
import { embeddedLog, embeddedStore } from './embedded-under-test.ts';

const root = mkdtempSync(join(tmpdir(), 'bellwether-contract-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const newFolder = () => mkdtempSync(join(root, 'data-'));

logContract('embedded on disk', () => embeddedLog(newFolder()), { durable: true });
keyedStoreContract('embedded on disk', () => embeddedStore(newFolder(), { inMemory: false }), {
  durable: true,
});
readModelsContract('embedded on disk', () => embeddedStore(newFolder(), { inMemory: true }), {
  durable: true,
});
