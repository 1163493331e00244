import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that is removed when the test process ends. */
export function temporaryFolder(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `bellwether-${what}-`));
  made.push(folder);
  return folder;
}
