import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type ESTree, parseSync } from 'vite';

/** Folder of the project. */
export const ROOT = dirname(dirname(dirname(import.meta.dirname)));

const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.cache', '.vite', 'bellwether-data']);
const SOURCE = /\.(?:ts|tsx|mjs)$/;

/** An import, re-export or dynamic import as it stands in a file. */
export interface ImportEdge {
  readonly specifier: string;
  /** Erased when the file runs. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** A parsed source file; `path` is relative to the project, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly program: ESTree.Program;
  readonly comments: ReturnType<typeof parseSync>['comments'];
  readonly imports: readonly ImportEdge[];
  lineOf(offset: number): number;
}

/** Every file of the project, as paths relative to it, without what is installed, built or kept as data. */
export function listFiles(folder = ROOT): string[] {
  const paths: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (NOT_OURS.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) paths.push(...listFiles(path));
    else if (entry.isFile()) paths.push(relative(ROOT, path).split(sep).join('/'));
  }
  return paths.sort();
}

let sources: readonly SourceFile[] | undefined;

/** All TypeScript and JavaScript of the project, read and parsed once. */
export function sourceFiles(): readonly SourceFile[] {
  sources ??= listFiles()
    .filter((path) => SOURCE.test(path))
    .map((path) => parseSource(path, readFileSync(join(ROOT, path), 'utf8')));
  return sources;
}

/** Source files without tests and what only tests use. */
export function productFiles(): readonly SourceFile[] {
  return sourceFiles().filter((file) => !isTestCode(file.path));
}

const TEST_CODE = /\.(?:test|fixture)\.tsx?$|\/test-support(?:\/|\.tsx?$)|^test\/|^packages\/testkit\//;

/**
 * True for tests and what only they use: `test-support` files and folders, programs that tests start (`.fixture.ts`),
 * the `test` folder and the test kit.
 */
export function isTestCode(path: string): boolean {
  return TEST_CODE.test(path);
}

/** Parses one file. */
export function parseSource(path: string, text: string): SourceFile {
  const { program, comments, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const lineOf = (offset: number): number => lineStarts.findLastIndex((start) => start <= offset) + 1;
  const fixed = module.staticImports.map((edge) => ({
    specifier: edge.moduleRequest.value,
    typeOnly: edge.entries.length > 0 && edge.entries.every((entry) => entry.isType),
    line: lineOf(edge.start),
  }));
  const passedOn = module.staticExports.flatMap((statement) =>
    statement.entries.flatMap((entry) =>
      entry.moduleRequest
        ? [{ specifier: entry.moduleRequest.value, typeOnly: entry.isType, line: lineOf(statement.start) }]
        : [],
    ),
  );
  const dynamic = module.dynamicImports.map((edge) => ({
    specifier: text.slice(edge.moduleRequest.start, edge.moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
    typeOnly: false,
    line: lineOf(edge.start),
  }));
  return { path, text, program, comments, imports: [...fixed, ...passedOn, ...dynamic], lineOf };
}
