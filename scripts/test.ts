/**
 * `npm test`: types, format, lint, then every tier of tests. The first lines say what it runs on, the last one is the
 * count over everything. `npm test -- unit` runs one tier, `npm test -- unit packages/domain` the files of a folder.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { findChromium } from './support/find-chromium.ts';
import { runChecks } from './support/run-checks.ts';
import { runTier, TIERS, type Tier } from './support/run-tier.ts';
import { addTallies, formatTally, ONE_FAILED, type Tally } from './support/tally.ts';

const STEPS = ['checks', ...TIERS] as const;
type Step = (typeof STEPS)[number];

const inContinuousIntegration = /^(1|true)$/i.test(process.env.CI ?? '');
const seed = process.env.BELLWETHER_SEED ?? String(randomInt(2 ** 31));

/** Splits the arguments into the steps to run and parts of file names. */
function readArguments(parameters: readonly string[]): {
  steps: readonly Step[];
  filters: readonly string[];
} {
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
  if (steps.length > 0) return { steps, filters };
  return { steps: filters.length > 0 ? TIERS : STEPS, filters };
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

function announce(browser: string | undefined): void {
  const machine = `Node ${process.versions.node} on ${process.platform}-${process.arch}`;
  console.log(
    `Runs on ${machine}, backend embedded (SQLite ${sqliteVersion()}), ${browser ?? 'no browser'}.`,
  );
  console.log(`Seed of the property tests: ${seed} (repeat with BELLWETHER_SEED=${seed}).`);
  if (browser !== undefined) return;
  const remedy = 'bring it with `apt-get install chromium` (or set CHROMIUM_PATH)';
  const outcome = inContinuousIntegration ? 'FAILED' : 'SKIPPED';
  console.log(`${outcome} browser tests: no Chromium found; ${remedy}`);
}

async function runStep(step: Step, filters: readonly string[], env: Record<string, string>): Promise<Tally> {
  if (step === 'checks') return runChecks();
  const tally = await runTier(step satisfies Tier, { filters, env });
  if (tally.passed + tally.failed + tally.skipped === 0)
    console.log(`SKIPPED ${step} tests: there are none.`);
  return tally;
}

async function main(): Promise<void> {
  const { steps, filters } = readArguments(process.argv.slice(2));
  if (!isSeed(seed)) {
    console.error(`BELLWETHER_SEED must be a whole number of at most 31 bits, not "${seed}".`);
    process.exit(2);
  }
  const path = findChromium(process.env);
  const browser = describeBrowser(path);
  announce(browser);
  const env = { BELLWETHER_SEED: seed, CHROMIUM_PATH: browser === undefined ? '' : (path ?? '') };
  const tallies: Tally[] = [];
  for (const step of steps) tallies.push(await runStep(step, filters, env));
  if (browser === undefined && inContinuousIntegration && steps.includes('e2e')) tallies.push(ONE_FAILED);
  const total = addTallies(tallies);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  console.log(`\n${formatTally(total)}`);
}

await main();
