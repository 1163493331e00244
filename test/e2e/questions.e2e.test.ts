import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importExample, openPipeline, type Pipeline } from '../integrity/support/open-pipeline.ts';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
/** A long time after the data: what is answered depends on its own date, not on the clock. */
const NOW = Date.UTC(2026, 0, 1);

/** A row of the table: a question, where it is asked, and the answer as the page tells it. */
interface Question {
  readonly question: string;
  readonly path: string;
  readonly answer: string;
}

function questionsOf(page: string): readonly Question[] {
  const section = /^## Ask it\n([\s\S]*?)(?=^## )/m.exec(page)?.[1] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| ') && line.includes('`'));
  return rows.map((row) => {
    const [question = '', path = '', answer = ''] = row.split('|').slice(1, -1);
    return { question: question.trim(), path: path.replaceAll('`', '').trim(), answer };
  });
}

/** What an answer claims: `field=value` in backticks, the field a path through the JSON. */
function claimsOf(answer: string): readonly (readonly [field: string, value: string])[] {
  return [...answer.matchAll(/`([^`=]+)=([^`]*)`/g)].map(([, field = '', value = '']) => [field, value]);
}

/** The value at a path as the page writes it; a list by its items. */
function valueAt(body: unknown, field: string): string {
  const value = field
    .split('.')
    .reduce<unknown>((at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name], body);
  return Array.isArray(value) ? value.join('; ') : String(value);
}

const QUESTIONS = questionsOf(README);

describe('the questions of the README on the real contract data (S117)', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await openPipeline({ now: NOW });
    await importExample(pipeline, 'usaspending');
  });
  afterAll(() => pipeline?.close());

  it('are five prompts, six that follow, and what drives value and risk', () => {
    expect(QUESTIONS.map(({ path }) => path.replace(/\?.*/, ''))).toEqual([
      'multi-agreement',
      'ltv-ranking',
      'complexity',
      'msa-only',
      'concentration',
      'expiring',
      'value-complexity',
      'expansion-paths',
      'key-accounts',
      'expanding',
      'upsell',
      'value-risk',
    ]);
  });

  it.each(QUESTIONS)('$question is answered as it is written', async ({ path, answer }) => {
    const body = await pipeline.get(`/v1/tenants/usaspending/reports/${path}`);
    const claims = claimsOf(answer);
    expect(claims.length).toBeGreaterThan(0);
    expect(claims.map(([field]) => [field, valueAt(body, field)])).toEqual(claims);
    // A list that goes on is longer than its first page says.
    expect(valueAt(body, 'next')).toMatch(/^(?:null|undefined)$/);
  });

  it.each(QUESTIONS)('$question has no figure in its answer that is not compared', ({ answer }) => {
    expect(answer.replaceAll(/`[^`=]+=[^`]*`/g, '')).not.toMatch(/[0-9`]/);
  });

  it.each(QUESTIONS)('$question comes as a file, too', async ({ path }) => {
    const url = `/v1/tenants/usaspending/reports/${path}${path.includes('?') ? '&' : '?'}format=csv`;
    const { statusCode, headers } = await pipeline.app.inject(url);
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  });
});
