import { dirname, join } from 'node:path/posix';
import { FOR_TESTS_ONLY, FOR_THE_COMMAND_ONLY, PURE_PATHS, ZONES, type Zone } from './import-table.ts';
import { type ImportEdge, isTestCode, type SourceFile } from './source-files.ts';

/** The `dependencies` of each package.json by the folder of the package; '' is the project itself. */
export type Manifests = ReadonlyMap<string, ReadonlySet<string>>;

const SCOPE = '@bellwether/';
const BOARD = 'services/projection/board/';

/** Folder of the package that a file belongs to; '' for files of the project itself. */
export function packageOf(path: string): string {
  return /^(?:packages|services|infra)\/[^/]+(?=\/)/.exec(path)?.[0] ?? '';
}

/** The path that a relative import leads to. */
export function resolveRelative(from: string, specifier: string): string {
  return join(dirname(from), specifier);
}

/** Breaches of the import table in one file, tests included, as sentences. */
export function importFaults(file: SourceFile, manifests: Manifests): string[] {
  return file.imports.flatMap((edge) => {
    const fault = isTestCode(file.path) ? testFault(file, edge) : productFault(file, edge, manifests);
    return fault === undefined ? [] : [`${file.path}:${edge.line} imports ${edge.specifier}: ${fault}`];
  });
}

/** Tests may use everything but another service; whole-system tests live with the command or in `test`. */
function testFault(file: SourceFile, edge: ImportEdge): string | undefined {
  if (edge.specifier.startsWith('.')) return boundaryFault(file.path, edge);
  const name = ownName(edge.specifier);
  if (name === undefined || file.path.startsWith('test/') || file.path.startsWith('services/cli/'))
    return undefined;
  const isService = FOR_THE_COMMAND_ONLY.includes(name) && name !== 'embedded';
  return isService ? 'only the command and tests of the whole system know a service' : undefined;
}

function productFault(file: SourceFile, edge: ImportEdge, manifests: Manifests): string | undefined {
  const zone = ZONES.find(({ paths }) => paths.some((path) => path.test(file.path)));
  if (zone === undefined) return 'this folder has no entry in the import table';
  if (edge.specifier.startsWith('.')) {
    const target = resolveRelative(file.path, edge.specifier);
    return isTestCode(target) ? 'only tests may use it' : boundaryFault(file.path, edge);
  }
  if (edge.specifier.startsWith('node:'))
    return zone.node ? undefined : `${zone.name} may not use modules of Node`;
  const name = ownName(edge.specifier);
  if (name !== undefined) return ownFault(zone, edge, name) ?? declarationFault(file, edge, manifests);
  const isNamed = zone.theirs === 'declared' || zone.theirs.includes(dependencyOf(edge.specifier));
  return isNamed ? declarationFault(file, edge, manifests) : `${zone.name} may not use it`;
}

function ownFault(zone: Zone, edge: ImportEdge, name: string): string | undefined {
  if (FOR_TESTS_ONLY.includes(name)) return 'only tests may use it';
  if (zone.ours === 'any' || zone.ours.includes(name)) return undefined;
  if (zone.ours.includes(`type ${name}`))
    return edge.typeOnly ? undefined : `${zone.name} may use its types only`;
  return `${zone.name} may not use it`;
}

/**
 * An edge counts only when the package says so itself. The board is built with tools of the whole project, so it may
 * rely on the project's own package.json as well.
 */
function declarationFault(file: SourceFile, edge: ImportEdge, manifests: Manifests): string | undefined {
  const folder = packageOf(file.path);
  const folders = file.path.startsWith(BOARD) ? [folder, ''] : [folder];
  const isDeclared = folders.some((each) => manifests.get(each)?.has(dependencyOf(edge.specifier)));
  return isDeclared ? undefined : `not declared in ${folder === '' ? '' : `${folder}/`}package.json`;
}

/** The package that an import names, without the path inside it. */
function dependencyOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}

function boundaryFault(path: string, { specifier, typeOnly }: ImportEdge): string | undefined {
  const target = resolveRelative(path, specifier);
  const leavesBoard = path.startsWith(BOARD) && !target.startsWith(BOARD);
  if (leavesBoard && !typeOnly) return 'the board runs in a browser and takes only types from elsewhere';
  if (packageOf(path) === packageOf(target)) return undefined;
  if (path.startsWith('test/') || packageOf(target) === '') return undefined;
  return 'a relative import may not leave its package';
}

function ownName(specifier: string): string | undefined {
  return specifier.startsWith(SCOPE) ? specifier.slice(SCOPE.length) : undefined;
}

/**
 * Files that must be pure: those of the pure folders and everything they reach by relative imports that remain when the
 * program runs.
 */
export function pureFiles(files: readonly SourceFile[]): readonly SourceFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const pure = new Set(files.filter((file) => PURE_PATHS.some((path) => path.test(file.path))));
  for (const file of pure) {
    for (const edge of file.imports) {
      if (edge.typeOnly || !edge.specifier.startsWith('.')) continue;
      const target = byPath.get(resolveRelative(file.path, edge.specifier));
      if (target !== undefined) pure.add(target);
    }
  }
  return [...pure];
}
