import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runProgram } from './run-command.ts';
import { addTallies, ONE_PASSED, oneFailed, type Tally } from './tally.ts';

const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
/** The board runs in a browser and so has other types than everything else. */
const TYPE_SCRIPT_PROJECTS = ['.', 'services/projection/board'];

/** Types, then format and lint; each check counts as one test. */
export async function runChecks(): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const project of TYPE_SCRIPT_PROJECTS) {
    if (!existsSync(join(ROOT, project, 'tsconfig.json'))) continue;
    tallies.push(
      await runCheck(`types (${project === '.' ? 'all packages' : project})`, TSC, ['-p', project]),
    );
  }
  tallies.push(
    await runCheck('format and lint', BIOME, ['check', '--error-on-warnings', '--max-diagnostics=200', '.']),
  );
  return addTallies(tallies);
}

async function runCheck(name: string, program: string, parameters: readonly string[]): Promise<Tally> {
  const exitCode = await runProgram(program, parameters);
  console.log(`${exitCode === 0 ? 'passed' : 'FAILED'}: ${name}`);
  return exitCode === 0 ? ONE_PASSED : oneFailed(name);
}
