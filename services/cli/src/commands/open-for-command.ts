import { resolve } from 'node:path';
import { claimDataFolder } from '../claim-data-folder.ts';
import { type Engine, type EngineOptions, openEngine } from '../engine.ts';

/**
 * Opens a data folder for one command and closes it afterwards, whatever happens.
 * @throws OperatorError when another process uses the folder
 */
export async function withEngine<T>(
  data: string,
  options: Omit<EngineOptions, 'path'>,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const folder = resolve(data);
  const lock = claimDataFolder(folder, ' Stop it first, or name another folder with --data.');
  try {
    const engine = openEngine({ ...options, path: folder });
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  } finally {
    lock.release();
  }
}
