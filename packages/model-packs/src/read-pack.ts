import type { ModelPack } from '@bellwether/domain';
import type { Fault } from '@bellwether/events';
import { parseDocument } from 'yaml';
import { packFaults } from './pack-faults.ts';
import { isPack, schemaFaults } from './schema-faults.ts';

/** A pack that may be used, or all that is wrong with it. */
export type PackResult =
  | { readonly ok: true; readonly pack: ModelPack }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Longest pack that is read, characters. */
const MAX_PACK_CHARACTERS = 1_000_000;

/** Reads the YAML (or JSON) of a model pack (N21) and reports all its faults at once, golden cases included. */
export function readPack(text: string): PackResult {
  if (text.length > MAX_PACK_CHARACTERS)
    return failed([{ path: '/', expected: 'a pack below 1 MB', got: 'more' }]);
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    return failed(
      document.errors.map((error) => ({
        path: `line ${error.linePos?.[0].line ?? 1}`,
        expected: 'YAML',
        got: error.message.split('\n')[0] ?? error.code,
      })),
    );
  }
  try {
    return checkPack(document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    // More aliases of aliases than any pack needs: what they stand for would not fit into memory.
    if (!(error instanceof ReferenceError)) throw error;
    return failed([{ path: '/', expected: 'at most 100 aliases', got: 'more' }]);
  }
}

/** Checks what was read already, or comes from elsewhere, as `readPack` does. */
export function checkPack(content: unknown): PackResult {
  if (!isPack(content)) return failed(schemaFaults(content));
  const faults = packFaults(content);
  return faults.length > 0 ? failed(faults) : { ok: true, pack: content };
}

/** A fault as a sentence: `my-model.yaml: signals[2].weight: expected to be <= 100, got 120`. */
export function faultSentence(file: string, { path, expected, got }: Fault): string {
  return `${file}: ${path}: expected ${expected}, got ${got}`;
}

function failed(faults: readonly Fault[]): PackResult {
  return { ok: false, faults };
}
