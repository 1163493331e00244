/** `npm run asyncapi`: writes the contract with applications, made of the topic catalogue and the schemas. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApiDocument } from '@bellwether/events/asyncapi';
import { stringify } from 'yaml';

const file = join(import.meta.dirname, '..', 'docs', 'asyncapi.yaml');
writeFileSync(file, stringify(asyncApiDocument(), { aliasDuplicateObjects: false, lineWidth: 120 }));
console.log(`Wrote ${file}.`);
