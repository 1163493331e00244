/**
 * `npm test`: types, format, lint, then every tier of tests. The first lines say what it runs on, the last one is the
 * count over everything. `npm test -- unit` runs one tier, `npm test -- unit packages/domain` the files of a folder,
 * and `npm run test:long` everything at full length (`BELLWETHER_TEST_LENGTH=long`).
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { findChromium } from './support/find-chromium.ts';
import { runChecks } from './support/run-checks.ts';
import { ROOT } from './support/run-command.ts';
import { runTier, TIERS, type Tier } from './support/run-tier.ts';
import { addTallies, formatTally, oneFailed, type Tally } from './support/tally.ts';
import { openTestServers, type TestServers } from './support/test-servers.ts';

const STEPS = ['checks', ...TIERS] as const;
type Step = (typeof STEPS)[number];

const inContinuousIntegration = /^(1|true)$/i.test(process.env.CI ?? '');
const seed = process.env.BELLWETHER_SEED ?? String(randomInt(2 ** 31));

/** Tiers whose tests may use servers. */
const WITH_SERVERS: readonly Step[] = ['integration', 'e2e'];

interface Arguments {
  readonly steps: readonly Step[];
  readonly filters: readonly string[];
  readonly length: 'short' | 'long';
}

/** Splits the arguments into the steps to run and parts of file names. */
function readArguments(given: readonly string[]): Arguments {
  const length = given.includes('--long') || process.env.BELLWETHER_TEST_LENGTH === 'long' ? 'long' : 'short';
  const parameters = given.filter((parameter) => parameter !== '--long');
  const filters = parameters.filter((parameter) => parameter.includes('/') || parameter.includes('.'));
  const names = parameters.filter((parameter) => !filters.includes(parameter));
  const steps = STEPS.filter((step) => names.includes(step));
  const unknown = names.find((name) => !STEPS.some((step) => step === name));
  if (unknown !== undefined) {
    console.error(
      `There are no tests called "${unknown}": choose among ${STEPS.join(', ')}, or give a path.`,
    );
    process.exit(2);
  }
  if (steps.length > 0) return { steps, filters, length };
  return { steps: filters.length > 0 ? TIERS : STEPS, filters, length };
}

/** `Chromium 140.0 at /usr/bin/chromium`; undefined where there is none that starts. */
function describeBrowser(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const result = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return result.status === 0 ? `${result.stdout.trim()} at ${path}` : undefined;
}

function sqliteVersion(): string {
  const database = new DatabaseSync(':memory:');
  const row = database.prepare('select sqlite_version() as version').get();
  database.close();
  return String(row?.version);
}

function isSeed(text: string): boolean {
  const value = Number(text);
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

function announce(browser: string | undefined, servers: TestServers | undefined): void {
  const machine = `Node ${process.versions.node} on ${process.platform}-${process.arch}`;
  console.log(
    `Runs on ${machine}, backend embedded (SQLite ${sqliteVersion()}), ${browser ?? 'no browser'}.`,
  );
  console.log(`Seed of the property tests: ${seed} (repeat with BELLWETHER_SEED=${seed}).`);
  if (servers !== undefined) announceServers(servers);
  if (browser !== undefined) return;
  const remedy = 'bring it with `apt-get install chromium` (or set CHROMIUM_PATH)';
  console.log(`${ABSENCE} browser tests: no Chromium found; ${remedy}`);
}

function announceServers({ available, description }: TestServers): void {
  if (available) console.log(`Servers: ${description}.`);
  else console.log(`${ABSENCE} tests on servers: ${description}`);
}

/** What the lack of a browser or of servers is. */
const ABSENCE = inContinuousIntegration ? 'FAILED' : 'SKIPPED';

async function runStep(step: Step, filters: readonly string[], env: Record<string, string>): Promise<Tally> {
  if (step === 'checks') return runChecks();
  const tally = await runTier(step satisfies Tier, { filters, env });
  if (tally.passed + tally.failed + tally.skipped === 0)
    console.log(`SKIPPED ${step} tests: there are none.`);
  return tally;
}

async function main(): Promise<void> {
  const { steps, filters, length } = readArguments(process.argv.slice(2));
  if (!isSeed(seed)) {
    console.error(`BELLWETHER_SEED must be a whole number of at most 31 bits, not "${seed}".`);
    process.exit(2);
  }
  const path = findChromium(process.env);
  const browser = describeBrowser(path);
  const needsServers = steps.some((step) => WITH_SERVERS.includes(step));
  // Files that are named may need no server: then nothing is fetched or built before a test asks for it.
  const servers = needsServers ? await openTestServers({ prepare: filters.length === 0 }) : undefined;
  announce(browser, servers);
  const env = {
    BELLWETHER_SEED: seed,
    BELLWETHER_TEST_LENGTH: length,
    CHROMIUM_PATH: browser === undefined ? '' : (path ?? ''),
    ...servers?.env,
  };
  const tallies: Tally[] = [];
  const durations: string[] = [];
  for (const step of steps) {
    const startedMs = performance.now();
    tallies.push(await runStep(step, filters, env));
    durations.push(`${step} ${Math.round((performance.now() - startedMs) / 1000)} s`);
  }
  servers?.close();
  if (inContinuousIntegration) {
    if (browser === undefined && steps.includes('e2e')) tallies.push(oneFailed('no browser was found'));
    if (servers?.available === false) tallies.push(oneFailed('no servers could be had'));
  }
  const total = addTallies(tallies);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  console.log(`\nTook: ${durations.join(', ')}.`);
  if (total.failures.length > 0) {
    console.log(`FAILED, with seed ${seed}:`);
    for (const failure of total.failures) console.log(`  ${failure.replaceAll(`${ROOT}/`, '')}`);
  }
  console.log(formatTally(total));
}

await main();
