import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { ROOT } from './source-files.ts';

/** Written in pieces, so that this file does not hold what it looks for. */
const MARKERS = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'];
const MARKER = new RegExp(`\\b(?:${MARKERS.join('|')})\\b`);
const MACHINE_PATH = new RegExp(
  `(?:^|[\\s"'\`(=])/(?:${['work', 'home', 'root', 'Users', 'tmp'].join('|')})/`,
);
const TEXT = /\.(?:ts|tsx|mjs|css|html|json|ya?ml|md|sh)$/;

/** Text files that people wrote: sources, documents, settings; not data sets and not the lock. */
export function isWritten(path: string): boolean {
  return TEXT.test(path) && path !== 'package-lock.json' && !/^examples\/.*\.json$/.test(path);
}

export function markerFaults(path: string, text: string): string[] {
  return linesThat(text, (line) => MARKER.test(line)).map((line) => `${path}:${line} has a leftover marker`);
}

/** Paths that exist on one machine only. */
export function machinePathFaults(path: string, text: string): string[] {
  return linesThat(text, (line) => MACHINE_PATH.test(line)).map(
    (line) => `${path}:${line} names a path of a machine`,
  );
}

/** Relative links of a document that lead nowhere. */
export function linkFaults(path: string, text: string, exists: (path: string) => boolean): string[] {
  const withoutCode = text.replace(/```.*?```/gs, '').replace(/`[^`\n]*`/g, '');
  const links = [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  return links.flatMap((link) => {
    const target = link.split('#')[0] ?? '';
    if (target === '' || /^[a-z]+:/.test(target)) return [];
    const resolved = normalize(join(dirname(path), target)).replace(/\/$/, '');
    return exists(resolved) ? [] : [`${path} links to ${link}, which does not exist`];
  });
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function linesThat(text: string, test: (line: string) => boolean): number[] {
  return text.split('\n').flatMap((line, index) => (test(line) ? [index + 1] : []));
}
