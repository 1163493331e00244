import { type ESTree, Visitor } from 'vite';
import type { SourceFile } from './source-files.ts';

/** Members that read a clock, chance, the process or the language of the machine, by object; `*` is every member. */
const IMPURE_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  performance: ['*'],
  process: ['*'],
  crypto: ['*'],
  DateTime: ['now', 'local', 'utc'],
  Intl: ['*'],
  console: ['*'],
};
/** These sort and write by the rules of the language the machine is set to, so replay elsewhere would differ. */
const LOCALE_METHODS = ['localeCompare', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'];
const IMPURE_CALLS = ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];

/** What a pure file may do all the same: promises where its contract has them, timers where waiting is its business. */
export interface Allowance {
  readonly promises: boolean;
  readonly timers: boolean;
}

/** What a pure file does that depends on more than its arguments. */
export function purityFaults(file: SourceFile, allowed: Allowance): string[] {
  const faults: string[] = [];
  const report = (node: { readonly start: number }, what: string): void => {
    faults.push(`${file.path}:${file.lineOf(node.start)} uses ${what}`);
  };
  const checkAsync = (node: ESTree.Function | ESTree.ArrowFunctionExpression): void => {
    if (node.async && !allowed.promises) report(node, 'async');
  };
  new Visitor({
    MemberExpression: (node) => {
      const member = node.property.type === 'Identifier' && !node.computed ? node.property.name : undefined;
      if (member !== undefined && LOCALE_METHODS.includes(member)) report(node, member);
      if (node.object.type !== 'Identifier') return;
      const banned = Object.hasOwn(IMPURE_MEMBERS, node.object.name)
        ? IMPURE_MEMBERS[node.object.name]
        : undefined;
      if (banned?.includes('*') || (member !== undefined && banned?.includes(member))) {
        report(node, `${node.object.name}.${member ?? '[…]'}`);
      }
    },
    NewExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
        report(node, 'new Date()');
      }
    },
    CallExpression: (node) => {
      if (node.callee.type !== 'Identifier') return;
      if (node.callee.name === 'Date') report(node, 'Date()');
      if (IMPURE_CALLS.includes(node.callee.name) && !allowed.timers) report(node, node.callee.name);
    },
    FunctionDeclaration: checkAsync,
    FunctionExpression: checkAsync,
    ArrowFunctionExpression: checkAsync,
  }).visit(file.program);
  return faults;
}

/** Places that read `process.env`. */
export function environmentFaults(file: SourceFile): string[] {
  const faults: string[] = [];
  new Visitor({
    MemberExpression: (node) => {
      if (node.object.type !== 'Identifier' || node.object.name !== 'process' || node.computed) return;
      if (node.property.type !== 'Identifier' || node.property.name !== 'env') return;
      faults.push(`${file.path}:${file.lineOf(node.start)} reads process.env`);
    },
  }).visit(file.program);
  return faults;
}
