/**
 * Runs a script of this project on a machine that has only Node (20 or newer) and npm: installs the dependencies when
 * `node_modules` is missing or stale, finds a Node 24 (this process, or the one a `node-<platform>` package brought)
 * and passes on arguments, streams, signals and exit code. Plain JavaScript, because the Node that starts it may be
 * older than the one that runs TypeScript.
 *
 *   node scripts/with-node.mjs services/cli/src/main.ts start --port 9000
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledNodes, installationFault, readPackages } from './support/dependencies.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const machine = { platform: process.platform, arch: process.arch };
const OLDEST_TO_INSTALL = 20;
const OLDEST_TO_RUN = 24;

/**
 * @param {string} version
 * @returns {number}
 */
function majorOf(version) {
  return Number(version.replace(/^v/, '').split('.')[0]);
}

/**
 * Ends the process with sentences for the operator.
 * @param {string} text
 * @returns {never}
 */
function giveUp(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

/** @param {'missing' | 'stale'} fault */
function install(fault) {
  const occasion = fault === 'missing' ? 'first run' : 'node_modules is out of date';
  process.stderr.write(`Installing dependencies (${occasion})…\n`);
  // `npm install --no-save` keeps to the lock file and leaves it as it is, like `npm ci`, but does not refuse a lock
  // that was written where packages of other platforms could not be had. No dependency has an installation script.
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error', '--prefer-offline'];
  // npm's own patience (two retries of ten seconds and more) would leave somebody offline without an answer.
  const retries = ['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000'];
  const complete = ['--no-save', '--ignore-scripts', '--include=dev', '--include=optional'];
  const parameters = ['install', ...quiet, ...retries, ...complete];
  const npm = process.env.npm_execpath;
  const options = /** @type {const} */ ({ cwd: root, encoding: 'utf8' });
  const result = npm?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...parameters], options)
    : spawnSync('npm', parameters, { ...options, shell: process.platform === 'win32' });
  if (result.signal) process.exit(128 + constants.signals[result.signal]);
  if (result.status !== 0) giveUp(explainFailure(result));
  dropUnusableNode();
}

/** @param {{ stderr: string | null, stdout: string | null, error?: Error }} result */
function explainFailure(result) {
  if (result.error)
    return `npm could not be started (${result.error.message}). Install npm and run the command again.`;
  const output = `${result.stderr ?? ''}${result.stdout ?? ''}`.trim();
  if (
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET/.test(output)
  ) {
    return (
      'The dependencies could not be installed because the npm registry cannot be reached: ' +
      'connect to the network once and run the command again.'
    );
  }
  const lines = output.split('\n').map((line) => line.replace(/^npm error ?/, ''));
  const worthReading = lines.filter((line) => line !== '' && !/^code |complete log of this run/.test(line));
  return `The dependencies could not be installed; npm says:\n${worthReading.slice(0, 8).join('\n')}`;
}

/** npm puts `node_modules/.bin` first on the PATH of scripts, so a binary that cannot run here (musl) must not stay. */
function dropUnusableNode() {
  const link = join(root, 'node_modules', '.bin', 'node');
  if (process.platform !== 'win32' && existsSync(link) && versionOf(link) === undefined) rmSync(link);
}

/**
 * @param {string} binary
 * @returns {string | undefined}
 */
function versionOf(binary) {
  const result = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/** @returns {string} */
function findNode() {
  if (majorOf(process.version) >= OLDEST_TO_RUN) return process.execPath;
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json')) ?? {};
  for (const path of bundledNodes(installed, machine)) {
    const version = versionOf(join(root, path));
    if (version !== undefined && majorOf(version) >= OLDEST_TO_RUN) return join(root, path);
  }
  return giveUp(
    `Bellwether runs on Node ${OLDEST_TO_RUN} or newer, this is Node ${process.versions.node}, and no package brings ` +
      `one for ${machine.platform}-${machine.arch}: install it from https://nodejs.org and run the command again.`,
  );
}

/**
 * @param {string} node
 * @param {string[]} parameters
 */
function run(node, parameters) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...parameters], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => giveUp(`Node could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
}

if (majorOf(process.version) < OLDEST_TO_INSTALL) {
  giveUp(
    `Bellwether needs Node ${OLDEST_TO_INSTALL} or newer, this is Node ${process.versions.node}: ` +
      'install a newer one from https://nodejs.org and run the command again.',
  );
}
const [script, ...rest] = process.argv.slice(2);
if (script === undefined) giveUp('Usage: node scripts/with-node.mjs SCRIPT [ARGUMENT...]');
const fault = installationFault(root, machine);
if (fault !== undefined) install(fault);
run(findNode(), [join(root, script), ...rest]);
