/** Writes docs/coverage.md, made of the table of requirements and of what cites them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENT, ROOT } from './find-citations.ts';
import { presentDocument } from './present-document.ts';

writeFileSync(join(ROOT, DOCUMENT), presentDocument());
console.log(`Wrote ${DOCUMENT}.`);
