import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED_PACKS } from '@bellwether/domain';
import { describe, expect, it } from 'vitest';
import { MODELS_FOLDER, readShippedPacks, SCHEMA_FILE } from './pack-files.ts';
import { packJsonSchema } from './pack-schema.ts';
import { packListModule, packModule } from './pack-text.ts';

describe('the packs that come with the product (D13, N21)', () => {
  const read = readShippedPacks();

  it('are well formed, without contradictions, and come to what their golden cases say', () => {
    expect(read.ok ? [] : read.sentences).toEqual([]);
  });

  it('are what the domain scores by: `npm run model-packs` writes them', () => {
    const packs = read.ok ? read.packs : [];
    expect(SHIPPED_PACKS).toEqual(packs);
    const text = (name: string) => readFileSync(join(MODELS_FOLDER, name), 'utf8');
    for (const pack of packs) expect(text(join('shipped', `${pack.id}.ts`))).toBe(packModule(pack));
    expect(text('shipped-packs.ts')).toBe(packListModule(packs));
  });

  it('are described by the schema file: `npm run model-packs` writes it', () => {
    expect(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'))).toEqual(packJsonSchema());
  });

  it('have the three models of the ledger', () => {
    expect(SHIPPED_PACKS.map(({ id, version }) => `${id} ${version}`)).toEqual([
      'cs-framework 2.0.0',
      'crm 1.0.0',
      'mattermost-2025 1.0.0',
    ]);
  });
});
