import type { ServerHandle, Tell } from '@bellwether/local-servers';
import { OperatorError } from '@bellwether/runtime';
import { planServers, startPlanned } from './acquire-servers.ts';
import type { Environment } from './backend.ts';
import { describeChoice } from './choose-backend.ts';
import { openServerHost, type ServerHost } from './server-host.ts';

/** Opens the host of the servers that the environment, the containers or the programs of this machine offer. */
export function openTestHost(env: Environment): Promise<ServerHost> {
  return openServerHost(
    (tell) => acquire(env, tell),
    (line) => process.stderr.write(`${line}\n`),
  );
}

async function acquire(env: Environment, tell: Tell): Promise<readonly ServerHandle[]> {
  try {
    const chosen = await planServers(env);
    const startedMs = performance.now();
    const servers = await startPlanned(chosen, tell);
    const names = servers.map(({ name, version, url }) => `${name} ${version} at ${url}`);
    tell(`Servers up in ${((performance.now() - startedMs) / 1000).toFixed(1)} s: ${names.join(', ')}.`);
    return servers;
  } catch (error) {
    if (error instanceof OperatorError) tell(absenceLine(error.message, env));
    throw error;
  }
}

/** `Servers: Kafka 4.1.1, … (local programs).` */
export async function presenceLine(env: Environment): Promise<string> {
  return `Servers: ${describeChoice(await planServers(env))}.`;
}

/** `SKIPPED` or, where servers are required, `FAILED`, with the reason, which holds the way out. */
export function absenceLine(reason: string, env: Environment): string {
  const outcome = /^(1|true)$/i.test(env.CI ?? '') ? 'FAILED' : 'SKIPPED';
  return `${outcome} tests on servers: ${reason}`;
}
