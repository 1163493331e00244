import { isUtf8 } from 'node:buffer';
import { type ParsedJson, parseJsonText } from './parse-json-text.ts';
import { utf8Fault } from './utf8.ts';

/** Parses bytes that must be UTF-8 and JSON. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  if (!isUtf8(bytes)) return { ok: false, reason: 'not-utf8', fault: utf8Fault('/', bytes) };
  return parseJsonText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
