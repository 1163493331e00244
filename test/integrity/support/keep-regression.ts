import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Adds a counterexample to the list that a property test replays before anything else. Only a failing test calls this;
 * the file is committed together with the repair.
 */
export function keepRegression(name: string, counterexample: unknown): string {
  const file = join(import.meta.dirname, '..', 'regressions', `${name}.json`);
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown[]) : [];
  const isKnown = known.some((one) => JSON.stringify(one) === JSON.stringify(counterexample));
  if (!isKnown) writeFileSync(file, `${JSON.stringify([...known, counterexample], null, 2)}\n`);
  return `test/integrity/regressions/${name}.json`;
}
