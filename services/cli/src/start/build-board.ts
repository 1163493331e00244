import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'vite';

/**
 * Builds the board into `<board>/dist` unless the build there is of the very same sources; its hash lies beside it.
 * Returns the folder to serve.
 */
export async function buildBoard(boardFolder: string): Promise<string> {
  const dist = join(boardFolder, 'dist');
  const stamp = join(dist, '.sources-hash');
  const hash = await hashOfSources(boardFolder);
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) return dist;
  await build({ root: boardFolder, configFile: join(boardFolder, 'vite.config.ts'), logLevel: 'error' });
  await writeFile(stamp, hash);
  return dist;
}

const NOT_SOURCES = new Set(['dist', 'node_modules', 'test-support']);

async function hashOfSources(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await filesBelow(folder)) {
    hash
      .update(relative(folder, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex');
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter((entry) => !NOT_SOURCES.has(entry.name))
      .map((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? filesBelow(path) : [path];
      }),
  );
  return nested.flat().sort();
}
