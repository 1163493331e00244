import { type Fault, type QuarantineReason, shown } from '@bellwether/events';

/** Deepest nesting of arrays and objects that is read; an event needs two levels, a batch three. */
export const MAX_JSON_DEPTH = 32;

export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: QuarantineReason; readonly fault: Fault };

/** Parses text that must be JSON of bounded depth. Of duplicate keys the last one counts, as JSON.parse has it. */
export function parseJsonText(text: string): ParsedJson {
  const depth = depthOf(text);
  if (depth > MAX_JSON_DEPTH) {
    return notJson({
      path: '/',
      expected: `JSON nested at most ${MAX_JSON_DEPTH} levels deep`,
      got: `${depth} levels`,
    });
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return notJson({ path: '/', expected: 'JSON', got: shown(why) });
  }
}

/** Nesting depth without parsing: what reports a deep value would overflow the stack on it. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}

function notJson(fault: Fault): ParsedJson {
  return { ok: false, reason: 'not-json', fault };
}
