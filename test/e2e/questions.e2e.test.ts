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

/** A request of the README, and what it says of the answer; null: nothing. */
interface Asked {
  readonly url: string;
  readonly body: string | null;
  readonly answer: object | null;
}

/** The requests of a section in their order; the JSON behind one is its answer. */
function requestsOf(page: string, title: string): readonly Asked[] {
  const section = new RegExp(`^## ${title}\\n([\\s\\S]*?)(?=^## )`, 'm').exec(page)?.[1] ?? '';
  const asked: Asked[] = [];
  for (const [, language, text = ''] of section.matchAll(/^```(sh|json)\n([\s\S]*?)^```$/gm)) {
    if (language === 'json') {
      const last = asked.pop();
      if (last === undefined) throw new Error('an answer stands before any request');
      asked.push({ ...last, answer: JSON.parse(text) });
      continue;
    }
    const url = /^curl 'http:\/\/localhost:8080([^']*)'/.exec(text)?.[1];
    if (url === undefined) throw new Error(`no request: ${text}`);
    asked.push({ url, body: / -d '([^']*)'/.exec(text)?.[1] ?? null, answer: null });
  }
  return asked;
}

describe('looking back and ahead as the README does (N1, N4, N6)', () => {
  const asked = requestsOf(README, 'Look back, and ahead');
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await openPipeline({ now: NOW });
    await importExample(pipeline, 'usaspending');
    await importExample(pipeline, 'cdnow');
  }, 240_000);
  afterAll(() => pipeline?.close());

  it('asks why, what if, and what was known', () => {
    expect(asked.map(({ url }) => url.replace(/\?.*/, '').split('/').at(-1))).toEqual([
      ...['why', 'what-if', 'events', 'scores'],
    ]);
    expect(asked.filter(({ answer }) => answer !== null)).toHaveLength(3);
  });

  it('is answered as it is written, one after the other', async () => {
    for (const { url, body, answer } of asked) {
      const headers = { 'content-type': 'application/json' };
      const request = body === null ? { url } : ({ method: 'POST', url, headers, payload: body } as const);
      const response = await pipeline.app.inject(request);
      expect({ url, status: response.statusCode }).toEqual({
        url,
        status: url.endsWith('events') ? 202 : 200,
      });
      await pipeline.settle();
      if (answer !== null) expect(response.json()).toMatchObject(answer);
    }
  });
});
