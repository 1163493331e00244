import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { examples as churn } from './churn.ts';
import { examples as health } from './health.ts';
import { examples as history } from './history.ts';
import { examples as portfolio } from './portfolio.ts';
import { examples as predictive } from './predictive.ts';
import { examples as relationship } from './relationship.ts';
import { examples as rfm } from './rfm.ts';
import { examples as tiers } from './tiers.ts';
import { examples as value } from './value.ts';
import { examples as warnings } from './warnings.ts';

/** What an example is computed with, by the name that stands at its head. */
const CALCULATIONS: { readonly [name: string]: (given: never) => unknown } = {
  ...churn,
  ...health,
  ...history,
  ...portfolio,
  ...predictive,
  ...relationship,
  ...rfm,
  ...tiers,
  ...value,
  ...warnings,
};

const FOLDER = join(import.meta.dirname, '../../docs/scoring');
const EXAMPLE = /^```yaml example (\S+)\n([\s\S]*?)^```$/gm;

interface Example {
  readonly page: string;
  readonly name: string;
  readonly text: string;
}

function examplesOf(page: string): readonly Example[] {
  const text = readFileSync(join(FOLDER, page), 'utf8');
  return [...text.matchAll(EXAMPLE)].map(([, name = '', body = '']) => ({ page, name, text: body }));
}

const documented = readdirSync(FOLDER).flatMap(examplesOf);

describe('a worked example of the documentation', () => {
  it('is there for every calculation that there is one for', () => {
    const named = new Set(documented.map(({ name }) => name));
    expect(Object.keys(CALCULATIONS).filter((name) => !named.has(name))).toEqual([]);
    expect([...named].filter((name) => !Object.hasOwn(CALCULATIONS, name))).toEqual([]);
  });

  it.each(documented)('on $page comes out as written: $name', ({ name, text }) => {
    const { given, then } = parse(text) as { readonly given: never; readonly then: object };
    const calculate = CALCULATIONS[name];
    if (!calculate) throw new RangeError(`nothing calculates the example ${name}`);
    const result = calculate(given);
    if (typeof then === 'object' && then !== null) expect(result).toMatchObject(then);
    else expect(result).toEqual(then);
  });
});
