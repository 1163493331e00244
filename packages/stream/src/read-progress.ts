import { CHECKPOINT, type Checkpoint, headId } from './checkpoint.ts';
import type { ReadModels } from './ports.ts';

/**
 * The offset up to which a topology's documents hold its input partition, whoever works on it; undefined when nobody
 * has yet.
 */
export async function readProgress(
  readModels: Pick<ReadModels, 'get'>,
  collection: string,
  partition: number,
): Promise<number | undefined> {
  const id = headId(partition, CHECKPOINT);
  const checkpoint = await readModels.get<Checkpoint>(`${collection}-heads`, id);
  return checkpoint && checkpoint.next - checkpoint.base;
}
