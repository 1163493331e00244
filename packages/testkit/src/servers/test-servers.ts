import { SERVER_KINDS, type ServerHandle, type ServerKind, type Tell } from '@bellwether/local-servers';
import { OperatorError } from '@bellwether/runtime';
import { allowedBackends, startPlanned } from './acquire-servers.ts';
import type { Backend } from './backend.ts';
import { chooseBackends } from './choose-backend.ts';
import { externalServer, UNKNOWN_VERSION, URL_VARIABLES } from './external-backend.ts';
import { askForServers, NoServersError } from './host-protocol.ts';

export type { ServerHandle, ServerKind } from '@bellwether/local-servers';

type Found = { readonly servers: readonly ServerHandle[] } | { readonly missing: string };

const inContinuousIntegration = /^(1|true)$/i.test(process.env.CI ?? '');

/**
 * Importing this module is what starts the shared servers: a run in which no test imports it starts none. Where servers
 * are required (`CI=true`) their absence fails the importing file.
 */
const found = await findServers();
if ('missing' in found && inContinuousIntegration) throw new NoServersError(found.missing);

/**
 * The servers that all tests of a run share. Tests keep apart by names of their own (topics, subjects, databases), and
 * leave the servers running; a test that kills or pauses them for long takes its own (`startOwnServers`).
 *
 *     describe.skipIf(testServers.missing !== undefined)('the log on Kafka', () => { … });
 */
export const testServers = {
  /** Why there are no servers, with the way to get them; undefined when there are. */
  missing: 'missing' in found ? found.missing : undefined,
  /** `url` is `host:port`. Throws when there are no servers. */
  kafka: (): ServerHandle => server('kafka'),
  /** `url` is the base of the Confluent-compatible API. Throws when there are no servers. */
  registry: (): ServerHandle => server('registry'),
  /** `url` is a connection string. Throws when there are no servers. */
  mongodb: (): ServerHandle => server('mongodb'),
};

/**
 * Why a test could not have servers of its own, with the way to get them; undefined when it could. Where servers are
 * required (`CI=true`) it throws instead.
 */
export async function ownServersMissing(): Promise<string | undefined> {
  try {
    await chooseBackends(SERVER_KINDS, ownBackends());
    return undefined;
  } catch (error) {
    if (error instanceof OperatorError && !inContinuousIntegration) return error.message;
    throw error;
  }
}

/** Servers of one test, by kind, and the end of them all. */
export type OwnServers<Kind extends ServerKind> = Readonly<Record<Kind, ServerHandle>> & {
  stopAll(): Promise<void>;
};

/**
 * Starts servers that no other test uses, in containers or as local programs, empty and in parallel. The caller stops
 * them; they also end with this process, however it ends. Servers named by the environment are never taken. Fails with
 * an `OperatorError` when there is neither.
 */
export async function startOwnServers<Kind extends ServerKind>(
  kinds: readonly Kind[],
): Promise<OwnServers<Kind>> {
  const chosen = await chooseBackends(kinds, ownBackends());
  const servers = await startPlanned(chosen, tell);
  const byKind = Object.fromEntries(servers.map((each) => [each.kind, each])) as Record<Kind, ServerHandle>;
  return {
    ...byKind,
    stopAll: async () => {
      // Nobody needs their data any more.
      await Promise.all(servers.map((each) => each.kill()));
    },
  };
}

/** Those that start servers. */
function ownBackends(): readonly Backend[] {
  return allowedBackends(process.env).filter(({ name }) => name !== 'external');
}

const tell: Tell = (line) => process.stderr.write(`${line}\n`);

function server(kind: ServerKind): ServerHandle {
  if ('missing' in found) throw new NoServersError(found.missing);
  const handle = found.servers.find((each) => each.kind === kind);
  if (handle === undefined) throw new NoServersError(`There is no ${kind} server.`);
  return handle;
}

async function findServers(): Promise<Found> {
  const control = process.env.BELLWETHER_TEST_CONTROL;
  if (control === undefined) return namedByEnvironment();
  try {
    return { servers: await askForServers(control) };
  } catch (error) {
    if (error instanceof NoServersError) return { missing: error.message };
    throw error;
  }
}

/** Outside of a test run there are only the servers that the environment names. */
function namedByEnvironment(): Found {
  const servers = SERVER_KINDS.flatMap((kind) => {
    const url = process.env[URL_VARIABLES[kind]];
    return url ? [externalServer(kind, { url, version: UNKNOWN_VERSION })] : [];
  });
  if (servers.length > 0) return { servers };
  return { missing: 'Servers are started by the runner of integration and end-to-end tests only.' };
}
