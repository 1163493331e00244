import { type ESTree, Visitor } from 'vite';
import type { SourceFile } from './source-files.ts';

export const LONGEST_FILE_LINES = 300;
export const LONGEST_TOPOLOGY_LINES = 120;
export const LONGEST_FUNCTION_LINES = 70;
export const LONGEST_LINE_CHARACTERS = 120;

const TOPOLOGY = /^services\/[^/]+\/src\/(?:topology\.ts|topologies\/[^/]+\.ts)$/;

/** Files and lines that are too long. */
export function fileSizeFaults(file: SourceFile): string[] {
  const lines = file.text.replace(/\n$/, '').split('\n');
  const most = TOPOLOGY.test(file.path) ? LONGEST_TOPOLOGY_LINES : LONGEST_FILE_LINES;
  return lines.length > most ? [`${file.path} has ${lines.length} lines, more than ${most}`] : [];
}

/** Lines that are too long, but for those with a text in them that nothing can break. */
export function lineLengthFaults(file: SourceFile): string[] {
  const unbreakable = linesWithLongTexts(file);
  return file.text
    .split('\n')
    .flatMap((line, index) =>
      line.length > LONGEST_LINE_CHARACTERS && !unbreakable.has(index + 1)
        ? [`${file.path}:${index + 1} has ${line.length} characters`]
        : [],
    );
}

function linesWithLongTexts(file: SourceFile): ReadonlySet<number> {
  const lines = new Set<number>();
  const note = (node: { readonly start: number; readonly end: number }): void => {
    if (node.end - node.start < 30) return;
    for (let line = file.lineOf(node.start); line <= file.lineOf(node.end); line += 1) lines.add(line);
  };
  new Visitor({ Literal: note, TemplateLiteral: note, JSXText: note }).visit(file.program);
  return lines;
}

type AnyFunction = ESTree.Function | ESTree.ArrowFunctionExpression;

/** Functions that are too long, from the line of their beginning to that of their end. */
export function functionSizeFaults(file: SourceFile): string[] {
  const faults: string[] = [];
  const check = (node: AnyFunction): void => {
    const [first, last] = [file.lineOf(node.start), file.lineOf(node.end)];
    const length = last - first + 1;
    if (length > LONGEST_FUNCTION_LINES)
      faults.push(`${file.path}:${first} has a function of ${length} lines`);
  };
  new Visitor({
    FunctionDeclaration: check,
    FunctionExpression: check,
    ArrowFunctionExpression: check,
  }).visit(file.program);
  return faults;
}

/** Exported functions with a positional boolean: `render(page, true)` says nothing to its reader. */
export function booleanParameterFaults(file: SourceFile): string[] {
  return exportedDeclarations(file).flatMap(({ declaration, name }) => {
    if (declaration.type !== 'FunctionDeclaration') return [];
    return declaration.params.some(isBoolean)
      ? [`${file.path}:${file.lineOf(declaration.start)} ${name} takes a positional boolean`]
      : [];
  });
}

function isBoolean(parameter: ESTree.ParamPattern): boolean {
  if (parameter.type === 'AssignmentPattern') {
    const { left, right } = parameter;
    return (right.type === 'Literal' && typeof right.value === 'boolean') || isBoolean(left);
  }
  return (
    parameter.type === 'Identifier' && parameter.typeAnnotation?.typeAnnotation.type === 'TSBooleanKeyword'
  );
}

/** Exported functions, classes and interfaces that no docstring precedes. */
export function docstringFaults(file: SourceFile): string[] {
  const documented = new Set<number>();
  for (const comment of file.comments) {
    if (comment.type !== 'Block' || !comment.value.startsWith('*')) continue;
    const gap = /^\s*/.exec(file.text.slice(comment.end))?.[0].length ?? 0;
    documented.add(comment.end + gap);
  }
  const seen = new Set<string>();
  return exportedDeclarations(file).flatMap(({ declaration, name, start }) => {
    const isOverload = seen.has(name);
    seen.add(name);
    if (documented.has(start) || isOverload) return [];
    const kind = DOCUMENTED[declaration.type];
    return kind === undefined ? [] : [`${file.path}:${file.lineOf(start)} ${kind} ${name} has no docstring`];
  });
}

const DOCUMENTED: Readonly<Record<string, string>> = {
  FunctionDeclaration: 'function',
  TSDeclareFunction: 'function',
  ClassDeclaration: 'class',
  TSInterfaceDeclaration: 'interface',
};

interface Exported {
  readonly declaration: ESTree.Declaration;
  readonly name: string;
  readonly start: number;
}

function exportedDeclarations(file: SourceFile): Exported[] {
  return file.program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) return [];
    const { declaration } = statement;
    const name = 'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : '';
    return [{ declaration, name, start: statement.start }];
  });
}
