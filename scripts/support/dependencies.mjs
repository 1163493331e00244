import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ version?: string, resolved?: string, integrity?: string, link?: boolean, optional?: boolean,
 *   os?: string[], cpu?: string[], bin?: Record<string, string> }} LockEntry
 * @typedef {Record<string, LockEntry>} LockPackages
 * @typedef {{ platform: string, arch: string }} Machine
 */

/**
 * Why `node_modules` does not hold what `package-lock.json` asks for; undefined when it does. npm writes
 * `node_modules/.package-lock.json` last, so an interrupted installation shows as one that never happened.
 * @param {string} root
 * @param {Machine} machine
 * @returns {'missing' | 'stale' | undefined}
 */
export function installationFault(root, machine) {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return 'missing';
  const wanted = readPackages(join(root, 'package-lock.json'));
  if (wanted === undefined) return undefined;
  if (!matchesLock(wanted, installed, machine)) return 'stale';
  const complete = Object.keys(installed).every((path) => existsSync(join(root, path)));
  return complete ? undefined : 'stale';
}

/**
 * True when everything the lock asks for is installed in the same version. An optional package may be missing (it is
 * another platform's, or its download failed) or be there without being asked for (it is this platform's, and was not
 * to be had where the lock was written); one made for another machine shows that the folder was copied from there.
 * @param {LockPackages} wanted
 * @param {LockPackages} installed
 * @param {Machine} machine
 */
export function matchesLock(wanted, installed, machine) {
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/')) continue;
    const found = installed[path];
    if (found === undefined) {
      if (entry.optional) continue;
      return false;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) return false;
    if (found.resolved !== entry.resolved) return false;
    if (!fitsMachine(entry, machine)) return false;
  }
  return Object.entries(installed).every(
    ([path, entry]) => path in wanted || entry.optional || !path.includes('node_modules/'),
  );
}

/**
 * Paths of Node binaries that the installed `node-<platform>` packages bring, those for this machine only.
 * @param {LockPackages} installed
 * @param {Machine} machine
 */
export function bundledNodes(installed, machine) {
  const paths = [];
  for (const [path, entry] of Object.entries(installed)) {
    const binary = entry.bin?.node;
    if (binary !== undefined && fitsMachine(entry, machine)) paths.push(join(path, binary));
  }
  return paths;
}

/**
 * The `packages` table of a lock file; undefined when there is none that can be read.
 * @param {string} path
 * @returns {LockPackages | undefined}
 */
export function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * @param {LockEntry} entry
 * @param {Machine} machine
 */
function fitsMachine(entry, machine) {
  return allows(entry.os, machine.platform) && allows(entry.cpu, machine.arch);
}

/**
 * npm's rule for `os` and `cpu`: a list of names, or of names with `!` that are excluded.
 * @param {string[] | undefined} names
 * @param {string} own
 */
function allows(names, own) {
  if (names === undefined || names.length === 0) return true;
  if (names.includes(`!${own}`)) return false;
  return names.includes(own) || names.every((name) => name.startsWith('!'));
}
