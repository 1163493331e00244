import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles, ROOT } from './support/source-files.ts';
import { isWritten, linkFaults, machinePathFaults, markerFaults, readText } from './support/text-rules.ts';

const written = listFiles().filter(isWritten);
const documents = written.filter((path) => path.endsWith('.md'));

describe('every text of the project', () => {
  it('is finished: no marker of work left over', () => {
    expect(written.flatMap((path) => markerFaults(path, readText(path)))).toEqual([]);
  });
});

describe('every document', () => {
  it('names no path of somebody’s machine', () => {
    expect(documents.flatMap((path) => machinePathFaults(path, readText(path)))).toEqual([]);
  });

  it('links to what exists', () => {
    const exists = (path: string): boolean => existsSync(join(ROOT, path));
    expect(documents.flatMap((path) => linkFaults(path, readText(path), exists))).toEqual([]);
  });
});

describe('every service and the project', () => {
  it('has a page that says what it is for', () => {
    const folders = new Set(listFiles().flatMap((path) => /^services\/[^/]+(?=\/)/.exec(path)?.[0] ?? []));
    const wanted = [
      'README.md',
      'CONTRIBUTING.md',
      'LICENSE',
      ...[...folders].map((folder) => `${folder}/README.md`),
    ];
    expect(wanted.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

describe('the rules', () => {
  it('see a marker only as a word of its own', () => {
    expect(markerFaults('a.ts', `one\n// ${'TO'}${'DO'}: later`)).toEqual(['a.ts:2 has a leftover marker']);
    expect(markerFaults('a.ts', 'const todoList = [];')).toEqual([]);
  });

  it('see a path of a machine', () => {
    expect(machinePathFaults('a.md', `Look into \`/${'home'}/me/notes\`.`)).toHaveLength(1);
    expect(machinePathFaults('a.md', 'GET /v1/tenants and https://example.org/home/page')).toEqual([]);
  });

  it('follow relative links, not those in code', () => {
    const exists = (path: string): boolean => path === 'docs/scoring.md';
    const text = '[a](scoring.md#ltv) [b](../docs/scoring.md) [c](https://x.org) [d](gone.md) `[e](gone.md)`';
    expect(linkFaults('docs/index.md', text, exists)).toEqual([
      'docs/index.md links to gone.md, which does not exist',
    ]);
  });
});
