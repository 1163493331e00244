import { type FolderLock, lockDataFolder } from '@bellwether/embedded';
import { OperatorError } from '@bellwether/runtime';

/**
 * Makes this process the only user of a data folder.
 * @param wayOut what the operator may do when another process has it, a sentence after the first one
 * @throws OperatorError that says where the process runs that has it
 */
export function claimDataFolder(folder: string, wayOut = ''): Extract<FolderLock, { ok: true }> {
  const lock = lockDataFolder(folder);
  if (lock.ok) return lock;
  const where = lock.address ? ` at ${lock.address}` : '';
  throw new OperatorError(`The data folder ${folder} is in use: Bellwether is running${where}.${wayOut}`);
}
