import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFaults, type Manifests, pureFiles } from './support/import-rules.ts';
import { listFiles, parseSource, productFiles, ROOT, sourceFiles } from './support/source-files.ts';

function readManifests(): Manifests {
  const manifests = listFiles().filter((path) =>
    /^(?:(?:packages|services|infra)\/[^/]+\/)?package\.json$/.test(path),
  );
  return new Map(
    manifests.map((path) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
      return [
        path.replace(/\/?package\.json$/, ''),
        new Set(Object.keys({ ...dependencies, ...devDependencies })),
      ];
    }),
  );
}

describe('every import of the project', () => {
  it('is one that the table allows and the package declares', () => {
    const manifests = readManifests();
    expect(sourceFiles().flatMap((file) => importFaults(file, manifests))).toEqual([]);
  });

  it('of a pure part leads to files that use no modules of Node', () => {
    const faults = pureFiles(productFiles()).flatMap((file) =>
      file.imports
        .filter((edge) => edge.specifier.startsWith('node:') && !edge.typeOnly)
        .map((edge) => `${file.path}:${edge.line} uses ${edge.specifier}`),
    );
    expect(faults).toEqual([]);
  });
});

describe('the import table', () => {
  const manifests: Manifests = new Map([
    ['', new Set(['vitest', 'vite'])],
    ['packages/domain', new Set(['@bellwether/events'])],
    ['packages/embedded', new Set(['@bellwether/runtime', '@bellwether/stream'])],
    ['services/scoring', new Set(['@bellwether/stream', '@bellwether/domain', 'fastify'])],
    ['services/cli', new Set(['@bellwether/scoring', '@bellwether/testkit'])],
  ]);
  const faultsOf = (path: string, text: string): string[] => importFaults(parseSource(path, text), manifests);

  it.each([
    ['packages/domain/src/ltv/value.ts', `import { isId } from '@bellwether/events';`],
    ['packages/embedded/src/log.ts', `import type { Logger } from '@bellwether/runtime';`],
    ['packages/embedded/src/log.ts', `import { DatabaseSync } from 'node:sqlite';`],
    ['services/scoring/src/steps/score-event.ts', `import { isControl } from '../control.ts';`],
    ['services/scoring/src/server.ts', `import fastify from 'fastify';`],
    ['services/cli/src/main.ts', `import { scoring } from '@bellwether/scoring';`],
    ['services/scoring/src/steps/score-event.test.ts', `import { given } from '@bellwether/testkit';`],
    ['test/parity/order.int.test.ts', `import { scoring } from '@bellwether/scoring';`],
  ])('allows %s: %s', (path, text) => {
    expect(faultsOf(path, text)).toEqual([]);
  });

  it.each([
    ['packages/domain/src/ltv/value.ts', `import { readFileSync } from 'node:fs';`, 'modules of Node'],
    [
      'packages/domain/src/ltv/value.ts',
      `import { DateTime } from 'luxon';`,
      'not declared in packages/domain/',
    ],
    ['packages/domain/src/ltv/value.ts', `export * from '@bellwether/stream';`, 'domain may not use it'],
    ['packages/domain/src/ltv/value.ts', `const log = await import('pino');`, 'domain may not use it'],
    ['packages/embedded/src/log.ts', `import { createLogger } from '@bellwether/runtime';`, 'its types only'],
    [
      'packages/stream/src/loop.ts',
      `import { x } from '../../events/src/ids.ts';`,
      'may not leave its package',
    ],
    [
      'services/scoring/src/steps/score-event.ts',
      `import { z } from 'zod';`,
      'steps and topologies may not use it',
    ],
    ['services/scoring/src/topology.ts', `import { x } from '@bellwether/runtime';`, 'may not use it'],
    [
      'services/scoring/src/server.ts',
      `import { openLog } from '@bellwether/embedded';`,
      'services may not use it',
    ],
    ['services/scoring/src/server.ts', `import { x } from '@bellwether/ingest';`, 'services may not use it'],
    ['services/scoring/src/server.test.ts', `import { x } from '@bellwether/ingest';`, 'the whole system'],
    ['services/cli/src/main.ts', `import { given } from '@bellwether/testkit';`, 'only tests may use it'],
    [
      'services/projection/board/src/list.tsx',
      `import { Row } from '../../src/api/schemas.ts';`,
      'takes only types',
    ],
    [
      'packages/domain/src/ltv/value.ts',
      `import { given } from './test-support.ts';`,
      'only tests may use it',
    ],
    ['tools/other.ts', `import { x } from 'vite';`, 'no entry in the import table'],
  ])('forbids %s: %s', (path, text, reason) => {
    expect(faultsOf(path, text)).toEqual([expect.stringContaining(reason)]);
  });

  it('takes what a step reaches for pure as well', () => {
    const files = [
      parseSource('services/scoring/src/steps/score-event.ts', `import { a } from '../a.ts';`),
      parseSource(
        'services/scoring/src/a.ts',
        `import { b } from './b.ts'; import type { C } from './c.ts';`,
      ),
      parseSource('services/scoring/src/b.ts', ''),
      parseSource('services/scoring/src/c.ts', ''),
    ];
    expect(pureFiles(files).map((file) => file.path)).toEqual(files.slice(0, 3).map((file) => file.path));
  });
});
