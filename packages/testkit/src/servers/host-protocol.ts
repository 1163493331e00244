import { request } from 'node:http';
import type { ServerHandle, ServerKind } from '@bellwether/local-servers';

/** What can be asked of a server; each is a POST to `<control>/<kind>/<action>`. */
export const SERVER_ACTIONS = ['pause', 'resume', 'kill', 'restart', 'stop'] as const;
export type ServerAction = (typeof SERVER_ACTIONS)[number];

/** The answer to a POST to `<control>` itself, which starts the servers where that has not happened yet. */
export interface SharedServers {
  readonly servers: readonly {
    readonly kind: ServerKind;
    readonly name: string;
    readonly version: string;
    readonly url: string;
  }[];
}

/** There are no servers, for a reason that the host gives. */
export class NoServersError extends Error {
  override readonly name = 'NoServersError';
}

/** Asks the host for the shared servers. Rejects with a `NoServersError` when it cannot have them. */
export async function askForServers(control: string): Promise<readonly ServerHandle[]> {
  const { servers } = (await post(control)) as SharedServers;
  return servers.map((facts) => {
    const act = (action: ServerAction) => async (): Promise<void> => {
      await post(`${control}/${facts.kind}/${action}`);
    };
    return {
      ...facts,
      pause: act('pause'),
      resume: act('resume'),
      kill: act('kill'),
      restart: act('restart'),
      stop: act('stop'),
    };
  });
}

/** Waits as long as it takes, which `fetch` would not: a server program may have to be built first. */
function post(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.once('error', reject);
      response.once('end', () => {
        const body: unknown = JSON.parse(text);
        if (response.statusCode === 200) return resolve(body);
        const { message } = body as { readonly message: string };
        reject(response.statusCode === 503 ? new NoServersError(message) : new Error(message));
      });
    });
    sent.once('error', reject);
    sent.end();
  });
}
