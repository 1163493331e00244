import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runProgram } from './run-command.ts';
import { type Tally, tallyOf, type VitestReport } from './tally.ts';

/** In the order in which they run: what is quick and says most comes first. */
export const TIERS = ['architecture', 'unit', 'integration', 'e2e'] as const;
export type Tier = (typeof TIERS)[number];

export interface TierOptions {
  /** Parts of paths; only test files that contain one of them run. */
  readonly filters?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the tests of a tier, a project of vitest.config.ts, and counts them. */
export async function runTier(tier: Tier, { filters = [], env = {} }: TierOptions = {}): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-tests-'));
  const reportFile = join(folder, `${tier}.json`);
  const cleanUp = (): void => rmSync(folder, { recursive: true, force: true });
  // A run that is interrupted ends the process before `finally` comes.
  process.once('exit', cleanUp);
  try {
    console.log(`\n--- ${tier} tests ---`);
    const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const strict = ['--passWithNoTests', '--allowOnly=false'];
    const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
    const exitCode = await runProgram(
      vitest,
      ['run', '--project', tier, ...options, ...strict, ...filters],
      env,
    );
    return tallyOf(readReport(reportFile), exitCode);
  } finally {
    process.off('exit', cleanUp);
    cleanUp();
  }
}

function readReport(path: string): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
