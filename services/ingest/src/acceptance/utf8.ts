import { isUtf8 } from 'node:buffer';
import type { Fault } from '@bellwether/events';

const STRIDE = 4096;

/** What is wrong with bytes that are not UTF-8: the first byte that does not belong, and where. */
export function utf8Fault(path: string, bytes: Uint8Array): Fault {
  const at = firstInvalidByte(bytes);
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return { path, expected: 'UTF-8 text', got: `byte 0x${byte} at position ${at}` };
}

/** Index of the first byte that is not part of a UTF-8 character; the length when all are. */
export function firstInvalidByte(bytes: Uint8Array): number {
  let from = 0;
  while (from < bytes.length) {
    let end = from + STRIDE;
    while (end < bytes.length && isContinuation(bytes[end])) end += 1;
    if (!isUtf8(bytes.subarray(from, end))) return scan(bytes, from);
    from = end;
  }
  return bytes.length;
}

function scan(bytes: Uint8Array, from: number): number {
  let index = from;
  while (index < bytes.length) {
    const length = lengthOf(bytes[index] ?? 0);
    if (index + length > bytes.length || !isUtf8(bytes.subarray(index, index + length))) return index;
    index += length;
  }
  return index;
}

function lengthOf(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function isContinuation(byte: number | undefined): boolean {
  return ((byte ?? 0) & 0xc0) === 0x80;
}
