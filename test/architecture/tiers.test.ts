import { describe, expect, it } from 'vitest';
import { listFiles, parseSource, type SourceFile, sourceFiles } from './support/source-files.ts';

/**
 * Modules through which a test would touch a file, a socket or another process. Fixtures of unit tests are modules or
 * imported JSON; SQLite in memory comes through the embedded package and touches nothing.
 */
const INPUT_OUTPUT = [
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'fs',
  'http',
  'http2',
  'https',
  'net',
  'sqlite',
  'tls',
  'worker_threads',
];
const FORBIDDEN = new RegExp(`^node:(?:${INPUT_OUTPUT.join('|')})(?:/|$)|^playwright-core$`);

function isUnitTest(path: string): boolean {
  return (
    /\.test\.tsx?$/.test(path) &&
    !/\.(?:int|e2e)\.test\.tsx?$/.test(path) &&
    !path.startsWith('test/architecture/')
  );
}

function inputOutputFaults(file: SourceFile): string[] {
  return file.imports
    .filter((edge) => FORBIDDEN.test(edge.specifier) && !edge.typeOnly)
    .map(
      (edge) =>
        `${file.path}:${edge.line} imports ${edge.specifier}: call it .int.test.ts or leave the import`,
    );
}

describe('the tier of a test', () => {
  it('is in its name: unit tests touch no file, socket or process', () => {
    expect(
      sourceFiles()
        .filter(({ path }) => isUnitTest(path))
        .flatMap(inputOutputFaults),
    ).toEqual([]);
  });

  it('is known: every test lies where the runner looks', () => {
    const tests = listFiles().filter((path) => /\.(?:test|spec)\.[cm]?[jt]sx?$/.test(path));
    const found = /^(?:packages|services|infra|scripts|test)\/.*\.test\.tsx?$/;
    expect(tests.filter((path) => !found.test(path))).toEqual([]);
  });

  it('is broken by real input and output only', () => {
    const faults = (text: string): number => inputOutputFaults(parseSource('a.test.ts', text)).length;
    expect(faults(`import { readFileSync } from 'node:fs';`)).toBe(1);
    expect(faults(`import { readFile } from 'node:fs/promises';`)).toBe(1);
    expect(faults(`import type { Server } from 'node:http';`)).toBe(0);
    expect(faults(`import { createHash } from 'node:crypto';`)).toBe(0);
  });
});
