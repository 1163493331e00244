import { readFile } from 'node:fs/promises';
import { faultText } from '@bellwether/events';
import { type ReadMap, readMap } from '@bellwether/ingest';
import { OperatorError } from '@bellwether/runtime';

/**
 * Reads a map file for an operator.
 * @throws OperatorError that names every fault with its path, or why the file cannot be read
 */
export async function readMapFile(path: string): Promise<ReadMap> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new OperatorError(`The map ${path} cannot be read (${code}).`, { cause: error });
  }
  const result = readMap(text);
  if (result.ok) return result;
  const faults = result.faults.map((fault) => `  ${faultText(fault)}`);
  throw new OperatorError(
    `The map ${path} has ${faults.length === 1 ? 'a fault' : 'faults'}:\n${faults.join('\n')}`,
  );
}
