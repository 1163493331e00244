import { OperatorError } from '@bellwether/runtime';
import { type Environment, findProgram } from '../tools/find-program.ts';
import { runTool } from '../tools/run-tool.ts';

/** Path of Maven. Fails with an `OperatorError` that says what it is needed for when there is none. */
export function findMaven(env: Environment): string {
  const maven = findProgram('mvn', env);
  if (maven !== undefined) return maven;
  throw new OperatorError(
    'Kafka and the registry are fetched with Maven (mvn), which is not on the PATH: install it (Debian: apt-get install maven).',
  );
}

/** Fetches what a pom.xml names into a folder, from wherever this machine's Maven is set to fetch from. */
export async function fetchWithMaven(
  env: Environment,
  what: { readonly pom: string; readonly goal: string; readonly folder: string; readonly name: string },
): Promise<void> {
  const quiet = ['--batch-mode', '--no-transfer-progress', '--quiet', '--errors'];
  await runTool({
    program: findMaven(env),
    parameters: [...quiet, '--file', what.pom, what.goal, `-DoutputDirectory=${what.folder}`],
    purpose: `${what.name} could not be fetched with Maven`,
  });
}
