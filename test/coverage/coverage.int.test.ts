import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCORES, SITUATION_TYPES, TOPIC_NAMES } from '@bellwether/events';
import { beforeAll, describe, expect, it } from 'vitest';
import { openProjection } from '../../services/projection/src/test-support/projection-under-test.ts';
import { API_BASE } from './coverage-document.ts';
import { DOCUMENT, findCitations, numbersIn, ROOT } from './find-citations.ts';
import { presentDocument, WRITE_COMMAND } from './present-document.ts';
import { type Requirement, standingOf } from './requirement.ts';
import { LAST_NUMBERS, REQUIREMENTS } from './requirements.ts';

const TOPICS: ReadonlySet<string> = new Set([
  ...TOPIC_NAMES,
  ...SITUATION_TYPES,
  ...SCORES.map((score) => `score.${score}.changed`),
]);
const citationsOf = findCitations();
const done = REQUIREMENTS.filter((requirement) => standingOf(requirement) === 'done');
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Paths that GET answers, as the OpenAPI document has them. */
let paths: ReadonlySet<string>;
beforeAll(async () => {
  const projection = await openProjection();
  const document = await projection.get<{ readonly paths: { readonly [path: string]: object } }>(
    '/openapi.json',
  );
  paths = new Set(Object.keys(document.paths).filter((path) => 'get' in (document.paths[path] ?? {})));
  await projection.close();
});

describe('the requirements', () => {
  it('are all there, each once and in order', () => {
    const numbers = Object.entries(LAST_NUMBERS).flatMap(([letter, last]) =>
      Array.from({ length: last }, (_, index) => `${letter}${index + 1}`),
    );
    expect(REQUIREMENTS.map(({ number }) => number)).toEqual(numbers);
  });

  it('are done, open or for later, and say what is missing', () => {
    const told = REQUIREMENTS.filter(({ open, later }) => open !== undefined && later !== undefined);
    expect(told.map(({ number }) => number)).toEqual([]);
    expect(REQUIREMENTS.filter(({ open, later }) => open === '' || later === '')).toEqual([]);
  });

  it.each(done)('$number has code, a test, and something that shows it: $what', (requirement) => {
    const { number, topics = [], endpoints = [], documents = [] } = requirement;
    const { code, test } = citationsOf(number);
    expect(code, `no code cites ${number}`).not.toEqual([]);
    expect(test, `no test cites ${number}`).not.toEqual([]);
    expect([...topics, ...endpoints, ...documents], `nothing shows ${number}`).not.toEqual([]);
  });

  it.each(REQUIREMENTS)('$number is shown by what there is', (requirement) => {
    expect(faultsOf(requirement)).toEqual([]);
  });
});

describe('docs/coverage.md', () => {
  it('is what the table and the citations give', () => {
    const isPresent = existsSync(join(ROOT, DOCUMENT)) && text(DOCUMENT) === presentDocument();
    expect(isPresent, `${DOCUMENT} is not up to date: \`${WRITE_COMMAND}\` writes it`).toBe(true);
  });

  it('counts what is done, open and left', () => {
    const of = (standing: string) => REQUIREMENTS.filter((one) => standingOf(one) === standing).length;
    const sum = `${of('done')} done, ${of('open')} open, ${of('later')} later`;
    expect(of('done') + of('open') + of('later')).toBe(REQUIREMENTS.length);
    expect(presentDocument()).toContain(`${REQUIREMENTS.length} numbers: ${sum}.`);
  });
});

/** What a requirement names that is not there, or does not speak of it. */
function faultsOf({ number, topics = [], endpoints = [], documents = [] }: Requirement): readonly string[] {
  return [
    ...topics.filter((name) => !TOPICS.has(name)).map((name) => `no topic or kind of change ${name}`),
    ...endpoints.filter((path) => !paths.has(API_BASE + path)).map((path) => `no endpoint ${path}`),
    ...documents
      .filter((path) => !existsSync(join(ROOT, path)) || !numbersIn(text(path)).has(number))
      .map((path) => `${path} is not there, or does not cite ${number}`),
  ];
}
