import { resolve } from 'node:path';
import { lockDataFolder } from '@bellwether/embedded';
import { OperatorError } from '@bellwether/runtime';
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
  const lock = lockDataFolder(folder);
  if (!lock.ok) {
    const where = lock.address ? ` at ${lock.address}` : '';
    throw new OperatorError(
      `The data folder ${folder} is in use: Bellwether is running${where}. Stop it first, or name another folder with --data.`,
    );
  }
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
