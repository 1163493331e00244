import { SERVER_KINDS, type ServerHandle, type ServerKind, type Tell } from '@bellwether/local-servers';
import type { Backend, Environment } from './backend.ts';
import { type Chosen, chooseBackends, readForcedBackend } from './choose-backend.ts';
import { dockerBackend } from './docker-backend.ts';
import { externalBackend } from './external-backend.ts';
import { localBackend } from './local-backend.ts';

/** Servers by what they are for. */
export type Servers = Readonly<Record<ServerKind, ServerHandle>>;

/** The backends that may be used: all, or the one of `BELLWETHER_TEST_BACKEND`. */
export function allowedBackends(env: Environment): readonly Backend[] {
  const forced = readForcedBackend(env.BELLWETHER_TEST_BACKEND);
  const all = [externalBackend(env), dockerBackend(), localBackend(env)];
  return forced === undefined ? all : all.filter(({ name }) => name === forced);
}

/** Says where the servers of all kinds would come from. Fails with an `OperatorError` when one cannot be had. */
export function planServers(env: Environment): Promise<readonly Chosen[]> {
  return chooseBackends(SERVER_KINDS, allowedBackends(env));
}

/** Starts, or just names, the servers of a plan, in parallel; in the order of the plan. All or none. */
export async function startPlanned(chosen: readonly Chosen[], tell: Tell): Promise<readonly ServerHandle[]> {
  const backends = [...new Set(chosen.map(({ backend }) => backend))];
  const outcomes = await Promise.allSettled(
    backends.map((backend) => {
      const kinds = chosen.filter((each) => each.backend === backend).map(({ kind }) => kind);
      return backend.start(kinds, tell);
    }),
  );
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined)
    return chosen.flatMap(({ kind }) => started.filter((server) => server.kind === kind));
  const isOurs = ({ kind }: ServerHandle): boolean =>
    chosen.some((each) => each.kind === kind && each.backend.name !== 'external');
  await Promise.all(started.filter(isOurs).map((server) => server.kill()));
  throw failed.reason;
}
