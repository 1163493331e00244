import type { Fault } from '@bellwether/events';
import { parseDocument } from 'yaml';

/** What a YAML text says, of whatever shape, or why it cannot be told. */
export type YamlResult =
  | { readonly ok: true; readonly content: unknown }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Longest text that is read, characters. */
const MAX_CHARACTERS = 1_000_000;
/** Most aliases that are unfolded: aliases of aliases soon stand for more than fits into memory. */
const MAX_ALIASES = 100;

/** Reads YAML (or JSON) that people write: maps, model packs, settings. All syntax faults at once, with their lines. */
export function readYaml(text: string): YamlResult {
  if (text.length > MAX_CHARACTERS)
    return { ok: false, faults: [{ path: '/', expected: 'a file below 1 MB', got: 'more' }] };
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      path: `line ${error.linePos?.[0].line ?? 1}`,
      expected: 'YAML',
      got: error.message.split('\n')[0] ?? error.code,
    }));
    return { ok: false, faults };
  }
  try {
    return { ok: true, content: document.toJS({ maxAliasCount: MAX_ALIASES }) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return {
      ok: false,
      faults: [{ path: '/', expected: `at most ${MAX_ALIASES} aliases`, got: 'more' }],
    };
  }
}
