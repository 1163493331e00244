import { isUtf8 } from 'node:buffer';
import { type Fault, type QuarantineReason, shown } from '@bellwether/events';
import { utf8Fault } from './utf8.ts';

/** Deepest nesting of arrays and objects that is read; an event needs two levels, a batch three. */
export const MAX_JSON_DEPTH = 32;

export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: QuarantineReason; readonly fault: Fault };

/** Parses bytes that must be UTF-8 and JSON. Of duplicate keys the last one counts, as JSON.parse has it. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  if (!isUtf8(bytes)) return failed('not-utf8', utf8Fault('/', bytes));
  const depth = depthOf(bytes);
  if (depth > MAX_JSON_DEPTH) {
    return failed('not-json', {
      path: '/',
      expected: `JSON nested at most ${MAX_JSON_DEPTH} levels deep`,
      got: `${depth} levels`,
    });
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed('not-json', { path: '/', expected: 'JSON', got: shown(why) });
  }
}

/** Nesting depth without parsing: what reports a deep value would overflow the stack on it. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inString) {
      if (byte === 0x5c) index += 1;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return deepest;
}

function failed(reason: QuarantineReason, fault: Fault): ParsedJson {
  return { ok: false, reason, fault };
}
