import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { RequirementNumber } from './requirement.ts';
import { LAST_NUMBERS } from './requirements.ts';

/** Folder of the project. */
export const ROOT = join(import.meta.dirname, '..', '..');
/** The table itself, which names every number. */
export const OWN_FOLDER = fromRoot(import.meta.dirname);
/** The document that is made of what is found. */
export const DOCUMENT = 'docs/coverage.md';

const SEARCHED = ['docs', 'packages', 'services', 'test', 'README.md'];
const PASSED_OVER = new Set(['node_modules', 'dist']);

const TEST = /\.test\.tsx?$|^test\/.*\.tsx?$/;
/** What only tests use, outside the folder of tests: it says nothing about the product. */
const TEST_SUPPORT =
  /\/(?:test-support|testing)\/|\/test-support\.tsx?$|\.fixture\.tsx?$|^packages\/testkit\//;
const CODE = /^(?:packages|services)\/[^/]+\/src\/.*\.tsx?$/;
const PAGE = /^docs\/.*\.(?:md|yaml)$|^README\.md$|^(?:packages|services)\/[^/]+\/README\.md$/;

/** What a file is evidence of. */
export type FileKind = 'code' | 'test' | 'page';

/** Files that cite a number, those that cite it most often first. */
export type Citations = { readonly [K in FileKind]: readonly string[] };

/** Letter and number, alone or up to another: `S47-S54`, `S77 to S79`. No part of a longer word or number. */
const CITATION = /(?<![\w.-])([SDN])(\d+)(?:(?:[-–]| to )\1(\d+))?\b(?!\.\d)/g;

/** How often a text cites each number; a range cites all within. Nothing counts that is wholly a quoted value. */
export function numbersIn(text: string): ReadonlyMap<RequirementNumber, number> {
  const times = new Map<RequirementNumber, number>();
  for (const match of text.matchAll(CITATION)) {
    const [cited, letter, first = '', last = first] = match;
    if (isQuoted(text, match.index, cited.length)) continue;
    const most = LAST_NUMBERS[letter as keyof typeof LAST_NUMBERS];
    for (let number = Math.max(1, Number(first)); number <= Math.min(Number(last), most); number += 1) {
      const name = `${letter}${number}` as RequirementNumber;
      times.set(name, (times.get(name) ?? 0) + 1);
    }
  }
  return times;
}

/** The name of somebody in a test is no citation. */
function isQuoted(text: string, at: number, length: number): boolean {
  const before = text[at - 1] ?? '';
  return /['"`]/.test(before) && text[at + length] === before;
}

/** What a file of the project is evidence of, by its path; null: of nothing. */
export function kindOf(path: string): FileKind | null {
  if (path.startsWith(`${OWN_FOLDER}/`) || path === DOCUMENT) return null;
  if (TEST.test(path)) return 'test';
  if (CODE.test(path)) return TEST_SUPPORT.test(path) ? null : 'code';
  return PAGE.test(path) ? 'page' : null;
}

/** Reads the project and finds which files cite which number. */
export function findCitations(): (number: RequirementNumber) => Citations {
  const found = new Map<RequirementNumber, { readonly path: string; readonly times: number }[]>();
  for (const path of SEARCHED.flatMap((name) => filesUnder(join(ROOT, name)))) {
    if (kindOf(path) === null) continue;
    for (const [number, times] of numbersIn(readFileSync(join(ROOT, path), 'utf8'))) {
      found.set(number, [...(found.get(number) ?? []), { path, times }]);
    }
  }
  return (number) => {
    const paths = [...(found.get(number) ?? [])]
      .sort((a, b) => b.times - a.times || (a.path < b.path ? -1 : 1))
      .map(({ path }) => path);
    const ofKind = (kind: FileKind) => paths.filter((path) => kindOf(path) === kind);
    return { code: ofKind('code'), test: ofKind('test'), page: ofKind('page') };
  };
}

function filesUnder(path: string): string[] {
  if (path.endsWith('.md')) return [fromRoot(path)];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return PASSED_OVER.has(entry.name) ? [] : filesUnder(join(path, entry.name));
    return entry.isFile() ? [fromRoot(join(path, entry.name))] : [];
  });
}

function fromRoot(path: string): string {
  return relative(join(import.meta.dirname, '..', '..'), path)
    .split(sep)
    .join('/');
}
