import { describe, expect, it } from 'vitest';
import {
  booleanParameterFaults,
  docstringFaults,
  fileSizeFaults,
  functionSizeFaults,
  LONGEST_FUNCTION_LINES,
  lineLengthFaults,
} from './support/shape-rules.ts';
import { parseSource, productFiles, sourceFiles } from './support/source-files.ts';

describe('every source file', () => {
  it('is short: at most 300 lines, a topology at most 120', () => {
    expect(productFiles().flatMap(fileSizeFaults)).toEqual([]);
  });

  it('has short functions: at most 70 lines', () => {
    expect(productFiles().flatMap(functionSizeFaults)).toEqual([]);
  });

  it('has lines of at most 120 characters', () => {
    expect(sourceFiles().flatMap(lineLengthFaults)).toEqual([]);
  });

  it('names what its functions are given: no positional boolean', () => {
    expect(productFiles().flatMap(booleanParameterFaults)).toEqual([]);
  });

  it('of a package says what it exports', () => {
    const files = sourceFiles().filter(({ path }) =>
      /^packages\/[^/]+\/src\/(?!.*(?:\.(?:test|fixture)\.ts$|test-support))/.test(path),
    );
    expect(files.flatMap(docstringFaults)).toEqual([]);
  });
});

describe('the measure', () => {
  const source = (text: string, path = 'packages/domain/src/a.ts') => parseSource(path, text);
  const statements = (count: number): string => 'step();\n'.repeat(count);

  it('of a file counts its lines, and is stricter for a topology', () => {
    expect(fileSizeFaults(source(statements(300)))).toEqual([]);
    expect(fileSizeFaults(source(statements(301)))).toEqual([
      'packages/domain/src/a.ts has 301 lines, more than 300',
    ]);
    const topology = (lines: number) => source(statements(lines), 'services/scoring/src/topology.ts');
    expect(fileSizeFaults(topology(120))).toEqual([]);
    expect(fileSizeFaults(topology(121))).toHaveLength(1);
  });

  it.each([
    ['a function', (body: string) => `\nfunction score() {\n${body}}`],
    ['an arrow function', (body: string) => `\nconst score = () => {\n${body}};`],
    ['a method', (body: string) => `class Scorer {\nscore() {\n${body}}}`],
  ])('of %s counts its lines', (_kind, wrap) => {
    expect(functionSizeFaults(source(wrap(statements(LONGEST_FUNCTION_LINES - 2))))).toEqual([]);
    expect(functionSizeFaults(source(wrap(statements(LONGEST_FUNCTION_LINES - 1))))).toEqual([
      'packages/domain/src/a.ts:2 has a function of 71 lines',
    ]);
  });

  it('of a line counts its characters', () => {
    expect(lineLengthFaults(source(`// ${'x'.repeat(117)}`))).toEqual([]);
    expect(lineLengthFaults(source(`\n// ${'x'.repeat(118)}`))).toEqual([
      'packages/domain/src/a.ts:2 has 121 characters',
    ]);
    expect(lineLengthFaults(source(`const reason =\n  '${'x'.repeat(130)}';`))).toEqual([]);
  });

  it.each(['export function show(page: string, wide: boolean) {}', 'export function show(wide = false) {}'])(
    'sees the positional boolean in %s',
    (text) => {
      expect(booleanParameterFaults(source(text))).toHaveLength(1);
    },
  );

  it('takes a boolean among named options', () => {
    const text = 'export function show(page: string, options: { readonly wide: boolean }) {}';
    expect(booleanParameterFaults(source(text))).toEqual([]);
  });

  it('asks for a docstring right before an exported function, class or interface', () => {
    const missing = (text: string) => docstringFaults(source(text)).length;
    expect(missing('/** Says it. */\nexport function score() {}')).toBe(0);
    expect(missing('/** Says it. */\nexport interface Score {}')).toBe(0);
    expect(missing('export function score() {}')).toBe(1);
    expect(missing('// Not that.\nexport class Score {}')).toBe(1);
    expect(missing('/** About a. */\nconst a = 1;\nexport interface Score {}')).toBe(1);
    expect(missing('function inner() {}\nexport const limit = 1;')).toBe(0);
    expect(
      missing(
        '/** Once. */\nexport function a(x: 1): 1;\nexport function a(x: 2): 2;\nexport function a() {}',
      ),
    ).toBe(0);
  });
});
