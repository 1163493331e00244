import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelPack } from '@bellwether/domain';
import { faultText } from '@bellwether/events';
import { readPack } from './read-pack.ts';

const PACKAGE = join(import.meta.dirname, '..');
/** Where the packs that come with the product lie. */
export const PACKS_FOLDER = join(PACKAGE, 'packs');
/** Their schema, for editors and other programs. */
export const SCHEMA_FILE = join(PACKAGE, 'model-pack.schema.json');
/** Where the same packs lie as modules of the domain. */
export const MODELS_FOLDER = join(PACKAGE, '..', 'domain', 'src', 'models');

/** The default comes first. */
const DEFAULT_FILE = 'cs-framework.yaml';

/** Names of the pack files, the default first. */
export function packFiles(): readonly string[] {
  const others = readdirSync(PACKS_FOLDER).filter((name) => name.endsWith('.yaml') && name !== DEFAULT_FILE);
  return [DEFAULT_FILE, ...others.sort()];
}

/** The packs that come with the product, or a sentence for each fault in one of them. */
export function readShippedPacks():
  | { readonly ok: true; readonly packs: readonly ModelPack[] }
  | { readonly ok: false; readonly sentences: readonly string[] } {
  const read = packFiles().map((name) => ({
    name,
    result: readPack(readFileSync(join(PACKS_FOLDER, name), 'utf8')),
  }));
  const sentences = read.flatMap(({ name, result }) =>
    result.ok ? [] : result.faults.map((fault) => `${name}: ${faultText(fault)}`),
  );
  if (sentences.length > 0) return { ok: false, sentences };
  return { ok: true, packs: read.flatMap(({ result }) => (result.ok ? [result.pack] : [])) };
}
