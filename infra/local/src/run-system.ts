import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { OperatorError } from '@bellwether/runtime';
import { DEFAULT_SITE, type ServerStatus } from './background-servers.ts';
import type { ServerKind } from './server.ts';

const COMMAND = join(import.meta.dirname, '../../../services/cli/src/main.ts');

/**
 * Runs all four services on servers that are up, with the example tenants, until it ends or is stopped.
 * @returns its exit code
 */
export async function runSystem(
  statuses: readonly ServerStatus[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const urlOf = (kind: ServerKind): string => {
    const url = statuses.find((status) => status.kind === kind)?.running?.url;
    if (url === undefined) throw new OperatorError(`The ${kind} server is not running.`);
    return url;
  };
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', COMMAND, 'start', '--examples'],
    {
      env: {
        ...env,
        BELLWETHER_BACKEND: 'kafka',
        // What the process remembers of the servers lies with their data: it makes no sense without them.
        BELLWETHER_DATA_FOLDER: join(DEFAULT_SITE.folder, 'bellwether'),
        BELLWETHER_KAFKA_BROKERS: urlOf('kafka'),
        BELLWETHER_KAFKA_REPLICATION: '1',
        BELLWETHER_REGISTRY_URL: urlOf('registry'),
        BELLWETHER_MONGODB_URI: urlOf('mongodb'),
      },
      stdio: 'inherit',
    },
  );
  // A terminal sends Ctrl+C to both; what is sent to this process alone has to be handed on.
  const onInterrupt = (): void => undefined;
  const onTerminate = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
  return code ?? 1;
}
