import { RELEASED_FOLDER, releaseSchemas } from './released-schemas.ts';

/** Writes the schemas that have changed since their last release as new versions into `schemas`. */
const outcome = await releaseSchemas(RELEASED_FOLDER);
if ('faults' in outcome) {
  process.stderr.write(`Nothing was released:\n${outcome.faults.map((fault) => `  ${fault}\n`).join('')}`);
  process.exitCode = 1;
} else if (outcome.written.length === 0) {
  process.stdout.write('Every schema is released as it is.\n');
} else {
  process.stdout.write(outcome.written.map((path) => `schemas/${path}\n`).join(''));
}
