import { planLocalServer, type ServerHandle, startLocalServers } from '@bellwether/local-servers';
import { OperatorError } from '@bellwether/runtime';
import type { Backend, Environment } from './backend.ts';

/** Server programs that run on this machine without containers (`infra/local`). */
export function localBackend(env: Environment): Backend {
  return {
    name: 'local',
    offer: async (kind) => {
      try {
        return { available: true, ...(await planLocalServer(kind, env)) };
      } catch (error) {
        if (error instanceof OperatorError) return { available: false, reason: error.message };
        throw error;
      }
    },
    start: async (kinds, tell) => {
      const servers: Readonly<Record<string, ServerHandle>> = await startLocalServers(kinds, { env, tell });
      return kinds.flatMap((kind) => servers[kind] ?? []);
    },
  };
}
