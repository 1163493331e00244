import { join } from 'node:path';
import { OperatorError } from '@bellwether/runtime';
import { type Environment, findProgram, isExecutable } from './find-program.ts';
import { runTool } from './run-tool.ts';

/** Kafka 4 asks for it. */
export const OLDEST_JAVA = 17;

const REMEDY =
  'install one (Debian: apt-get install openjdk-17-jre-headless) and put it on the PATH or into JAVA_HOME';

/** The Java of `JAVA_HOME` or the PATH. Fails with an `OperatorError` where there is none or it is too old. */
export async function findJava(env: Environment): Promise<string> {
  const atHome = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : undefined;
  const java = atHome && isExecutable(atHome) ? atHome : findProgram('java', env);
  if (java === undefined) {
    throw new OperatorError(
      `Kafka and the registry need Java ${OLDEST_JAVA} or newer, and there is none: ${REMEDY}.`,
    );
  }
  const lines = await runTool({ program: java, parameters: ['-version'], purpose: `${java} does not work` });
  const major = majorVersionOf(lines.join('\n'));
  if (major === undefined || major < OLDEST_JAVA) {
    const found = major === undefined ? `${java} does not tell its version` : `${java} is Java ${major}`;
    throw new OperatorError(
      `Kafka and the registry need Java ${OLDEST_JAVA} or newer, but ${found}: ${REMEDY}.`,
    );
  }
  return java;
}

/** The number that counts in what `java -version` prints: 8 for 1.8.0_292, 17 for 17.0.15. */
export function majorVersionOf(output: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  if (first === undefined) return undefined;
  return Number(first === '1' ? second : first);
}
