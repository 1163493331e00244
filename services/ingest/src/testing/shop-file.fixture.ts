import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileImport, importFile } from '../files/import-file.ts';
import { mapOf, openIngest } from './ingest.fixture.ts';

/** Where the files of a test are. */
export const folder = mkdtempSync(join(tmpdir(), 'bellwether-test-'));

/** A map of purchases at a shop. */
export const MAP = mapOf(`
version: 1
tenant: { currency: USD, timeZone: UTC }
format: { type: csv }
source: /shop
customerId: { column: customer }
time: { column: at }
events:
  - type: payment.paid
    data: { amountMinor: { column: amount, as: money }, units: { column: units, as: integer, optional: true } }
`);
/** The header row that MAP reads. */
export const HEADER = 'customer,at,amount,units\n';
let files = 0;
/** Path of a new file with this content. */
export function fileOf(content: string | Buffer): string {
  files += 1;
  const path = join(folder, `file-${files}.csv`);
  writeFileSync(path, content);
  return path;
}

/** A request to import purchases for tenant `shop`. */
export function shop(
  content: string | Buffer,
  change: { until?: string; tenant?: string; clock?: 'live' } = {},
) {
  return { path: fileOf(content), map: MAP, tenant: 'shop', clock: 'frozen', ...change } as const;
}

/** Imports a file and lets ingest process it. */
export async function imported(request: FileImport, ingest = openIngest()) {
  const result = await importFile(request, ingest.parts);
  await ingest.drain();
  return { ...ingest, result };
}

/** Call after all tests of a file. */
export function removeFiles(): void {
  rmSync(folder, { recursive: true, force: true });
}
