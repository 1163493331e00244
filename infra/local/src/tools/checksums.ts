import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { OperatorError } from '@bellwether/runtime';

/** SHA-256 in hexadecimal digits by the name of the file. */
export type Checksums = ReadonlyMap<string, string>;

/** Reads the lines of `sha256sum`. */
export function parseChecksums(text: string): Checksums {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return new Map(
    lines.map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
      if (sum === undefined || name === undefined) throw new Error(`Not a line of sha256sum: ${line}`);
      return [name, sum];
    }),
  );
}

/**
 * What differs between files and their list, as parts of a sentence: missing, unexpected, of other content. Empty when
 * all is well.
 */
export function checksumFaults(expected: Checksums, found: Checksums): readonly string[] {
  const names = [...new Set([...expected.keys(), ...found.keys()])].sort();
  return names.flatMap((name) => {
    const [wanted, actual] = [expected.get(name), found.get(name)];
    if (wanted === actual) return [];
    if (wanted === undefined) return [`${name} is not on the list`];
    return [actual === undefined ? `${name} is missing` : `${name} has another content`];
  });
}

/** Fails with an `OperatorError` unless a folder holds exactly the files of a list, byte for byte. */
export async function verifyFolder(folder: string, list: string): Promise<void> {
  const expected = parseChecksums(await readFile(list, 'utf8'));
  const names = await readdir(folder);
  const sums = await Promise.all(names.map((name) => checksumOf(join(folder, name))));
  const faults = checksumFaults(expected, new Map(names.map((name, index) => [name, sums[index] ?? ''])));
  if (faults.length === 0) return;
  throw new OperatorError(
    `What was downloaded is not what ${list} lists (${faults.slice(0, 3).join('; ')}), so it is not used. Delete it from ` +
      'the local Maven repository (~/.m2/repository) and try again; if it stays, the source of the download is not to be trusted.',
  );
}

async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
