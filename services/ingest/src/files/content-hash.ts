import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** What identifies a file: its bytes, not its name. */
export interface FileContent {
  /** SHA-256, hexadecimal. */
  readonly hash: string;
  readonly sizeBytes: number;
  /** The first bytes say UTF-16. */
  readonly utf16: boolean;
}

/** Reads a file once for its hash. @throws the error of the file system where it cannot be read */
export async function hashFile(path: string): Promise<FileContent> {
  const { size } = await stat(path);
  const hash = createHash('sha256');
  let utf16: boolean | undefined;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    utf16 ??= (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
  }
  return { hash: hash.digest('hex'), sizeBytes: size, utf16: utf16 ?? false };
}

/** Passes chunks on and hashes them on the way; `digest` is complete when all have passed. */
export function hashing(chunks: AsyncIterable<Buffer>): {
  readonly chunks: AsyncIterable<Buffer>;
  digest(): string;
} {
  const hash = createHash('sha256');
  async function* pass() {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { chunks: pass(), digest: () => hash.digest('hex') };
}
