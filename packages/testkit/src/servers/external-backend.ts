import { answers, askVersion, type ServerHandle, type ServerKind } from '@bellwether/local-servers';
import { OperatorError } from '@bellwether/runtime';
import type { Backend, Environment } from './backend.ts';

/** The variables that name servers which run already. */
export const URL_VARIABLES: Readonly<Record<ServerKind, string>> = {
  kafka: 'BELLWETHER_TEST_KAFKA',
  registry: 'BELLWETHER_TEST_REGISTRY',
  mongodb: 'BELLWETHER_TEST_MONGODB',
};

/** Stands where a version stands. */
export const UNKNOWN_VERSION = 'of unknown version';

const NAMES: Readonly<Record<ServerKind, string>> = {
  kafka: 'Kafka',
  registry: 'schema registry',
  mongodb: 'MongoDB protocol',
};

/**
 * Servers that somebody else runs. Tests use them under names of their own; pausing or killing them is refused. One
 * that is named but does not answer is an error and not a reason to take another: it was asked for.
 */
export function externalBackend(env: Environment): Backend {
  return {
    name: 'external',
    offer: async (kind) => {
      const variable = URL_VARIABLES[kind];
      const url = env[variable];
      if (!url) return { available: false, reason: `Set ${variable} to the address of a server that runs.` };
      if (!(await answers(kind, url)))
        throw new OperatorError(
          `${variable} names ${url}, where no ${NAMES[kind]} answers: start it or unset the variable.`,
        );
      return { available: true, name: NAMES[kind], version: await describeVersion(kind, url) };
    },
    start: (kinds) =>
      Promise.all(
        kinds.map(async (kind) => {
          const url = env[URL_VARIABLES[kind]] ?? '';
          return externalServer(kind, { url, version: await describeVersion(kind, url) });
        }),
      ),
  };
}

/** A handle of a server that is not ours. */
export function externalServer(
  kind: ServerKind,
  { url, version }: { readonly url: string; readonly version: string },
): ServerHandle {
  const refuse = async (): Promise<never> => {
    throw new OperatorError(
      `The ${NAMES[kind]} at ${url} was named by ${URL_VARIABLES[kind]}, so tests neither stop nor kill it; ` +
        'a test that has to takes servers of its own (startOwnServers).',
    );
  };
  return {
    ...{ kind, url, version, name: NAMES[kind] },
    ...{ pause: refuse, resume: refuse, kill: refuse, restart: refuse, stop: refuse },
  };
}

async function describeVersion(kind: ServerKind, url: string): Promise<string> {
  return (await askVersion(kind, url)) ?? UNKNOWN_VERSION;
}
