import { expect, it } from 'vitest';
import { listFiles, sourceFiles } from './support/source-files.ts';

const SOURCE_NAME =
  /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:int|e2e))?(?:\.(?:test|fixture|config))?\.(?:ts|tsx|mjs|css|sh)$/;
/** `verb-noun.ts`, and its test. */
const STEP_NAME = /^[a-z]+(?:-[a-z0-9]+)+(?:\.test)?\.ts$/;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

it('files have names in kebab case', () => {
  const paths = listFiles().filter((path) => /\.(?:ts|tsx|mjs|css|sh)$/.test(path));
  expect(paths.filter((path) => !SOURCE_NAME.test(nameOf(path)))).toEqual([]);
});

it('a step is called verb-noun', () => {
  const paths = listFiles().filter((path) => /^services\/[^/]+\/src\/steps\//.test(path));
  expect(paths.filter((path) => !STEP_NAME.test(nameOf(path)))).toEqual([]);
});

it('a barrel is the index of a package and nothing else', () => {
  const barrels = sourceFiles().filter(({ program }) =>
    program.body.some(({ type }) => type === 'ExportAllDeclaration'),
  );
  const index = /^(?:packages|services|infra)\/[^/]+\/src\/index\.ts$/;
  expect(barrels.map(({ path }) => path).filter((path) => !index.test(path))).toEqual([]);
});
