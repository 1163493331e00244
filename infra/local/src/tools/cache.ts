import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Environment } from './find-program.ts';

/** Folder of the project. */
export const PROJECT = dirname(dirname(dirname(dirname(import.meta.dirname))));

/** Where programs are kept once they were fetched or built: `BELLWETHER_CACHE`, or a folder in the project. */
export function cacheFolderOf(env: Environment): string {
  return env.BELLWETHER_CACHE || join(PROJECT, '.cache', 'servers');
}

/**
 * The folder of something in the cache. Where it is missing, `fill` makes it in a folder beside it that takes the name
 * only when it is complete: what has its name can be relied on, also after a crash and beside another run that does the
 * same.
 */
export async function bringFolder(path: string, fill: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(path)) return path;
  const draft = `${path}.${randomUUID()}.part`;
  await mkdir(draft, { recursive: true });
  try {
    await fill(draft);
    await rename(draft, path).catch((error: unknown) => {
      // Another run was faster.
      if (!existsSync(path)) throw error;
    });
    return path;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
