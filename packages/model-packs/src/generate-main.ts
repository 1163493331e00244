/** `npm run model-packs`: writes the packs as modules of the domain, and the schema of a pack as a file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODELS_FOLDER, readShippedPacks, SCHEMA_FILE } from './pack-files.ts';
import { packJsonSchema } from './pack-schema.ts';
import { packListModule, packModule } from './pack-text.ts';

const read = readShippedPacks();
if (read.ok) {
  const folder = join(MODELS_FOLDER, 'shipped');
  mkdirSync(folder, { recursive: true });
  for (const pack of read.packs) writeFileSync(join(folder, `${pack.id}.ts`), packModule(pack));
  writeFileSync(join(MODELS_FOLDER, 'shipped-packs.ts'), packListModule(read.packs));
  writeFileSync(SCHEMA_FILE, `${JSON.stringify(packJsonSchema(), null, 2)}\n`);
  process.stdout.write(read.packs.map(({ id, version }) => `${id} ${version}\n`).join(''));
} else {
  process.stderr.write(read.sentences.map((sentence) => `${sentence}\n`).join(''));
  process.exitCode = 1;
}
