import { describe, expect, it } from 'vitest';
import { pureFiles } from './support/import-rules.ts';
import { type Allowance, environmentFaults, purityFaults } from './support/purity-rules.ts';
import { parseSource, productFiles } from './support/source-files.ts';

/**
 * The loop waits for logs and stores, and a topology may read the top of a portfolio; everything else that is pure is a
 * plain function of its arguments.
 */
function allowanceOf(path: string): Allowance {
  const isLoop = path.startsWith('packages/stream/');
  return { timers: isLoop, promises: isLoop || /^services\/[^/]+\/src\/topolog(?:ies\/|y\.ts$)/.test(path) };
}
const mayReadEnvironment = (path: string): boolean =>
  path.startsWith('services/cli/') ||
  path.startsWith('scripts/') ||
  /^(?:services|infra)\/[^/]+\/src\/main\.ts$/.test(path);

describe('the pure parts', () => {
  it('know no clock, no chance, no process and no language of the machine', () => {
    const files = pureFiles(productFiles());
    expect(files.flatMap((file) => purityFaults(file, allowanceOf(file.path)))).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read by main modules, the command and scripts only', () => {
    const files = productFiles().filter(
      ({ path }) => !mayReadEnvironment(path) && path !== 'vitest.config.ts',
    );
    expect(files.flatMap(environmentFaults)).toEqual([]);
  });

  it('is seen where it is read', () => {
    expect(environmentFaults(parseSource('a.ts', 'const port = process.env.PORT;'))).toEqual([
      'a.ts:1 reads process.env',
    ]);
  });
});

describe('what counts as impure', () => {
  const faultsOf = (text: string, waits = false): string[] =>
    purityFaults(parseSource('packages/domain/src/a.ts', text), { promises: waits, timers: waits });

  it.each([
    ['Date.now();', 'Date.now'],
    ['const at = new Date();', 'new Date()'],
    ['const at = Date();', 'Date()'],
    ['Math.random();', 'Math.random'],
    ['performance.now();', 'performance.now'],
    ['process.env;', 'process.env'],
    ['crypto.randomUUID();', 'crypto.randomUUID'],
    ['DateTime.now();', 'DateTime.now'],
    ['names.sort((a, b) => a.localeCompare(b));', 'localeCompare'],
    ['total.toLocaleString();', 'toLocaleString'],
    ['setTimeout(run, 5);', 'setTimeout'],
    ['export async function load() {}', 'async'],
    ['const load = async () => 1;', 'async'],
  ])('%s', (text, what) => {
    expect(faultsOf(text)).toEqual([`packages/domain/src/a.ts:1 uses ${what}`]);
  });

  it.each([
    'new Date(ms);',
    'Date.UTC(2024, 0, 1);',
    'Math.max(1, 2);',
    'state.process.name;',
    '"Date.now()";',
  ])('not: %s', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it('not waiting, where waiting is the business of the file', () => {
    expect(faultsOf('const run = async () => setTimeout(go, 5);', true)).toEqual([]);
    expect(faultsOf('Date.now();', true)).toHaveLength(1);
  });
});
