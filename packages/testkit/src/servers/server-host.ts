import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerHandle, Tell } from '@bellwether/local-servers';
import { OperatorError } from '@bellwether/runtime';
import { SERVER_ACTIONS, type ServerAction, type SharedServers } from './host-protocol.ts';

/** The desk at which test processes ask for servers. */
export interface ServerHost {
  /** Where test processes ask for servers; goes into `BELLWETHER_TEST_CONTROL`. */
  readonly url: string;
  /** Stops answering. The servers end with this process. */
  close(): Promise<void>;
}

/**
 * Owns the servers that the tests of a run share, for test processes that come and go: it starts them when the first of
 * them asks, so that a run which needs none starts none, and pauses, kills and restarts them on request. Only on this
 * machine, and only for those who know the address, which cannot be guessed.
 */
export async function openServerHost(
  acquire: (tell: Tell) => Promise<readonly ServerHandle[]>,
  tell: Tell,
): Promise<ServerHost> {
  const secret = randomUUID();
  let servers: Promise<readonly ServerHandle[]> | undefined;
  const shared = (): Promise<readonly ServerHandle[]> => {
    servers ??= acquire(tell);
    return servers;
  };
  const http = createServer((request, response) => {
    void answer(request, response, { secret, shared });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  // The tests of a run end it; it does not keep them waiting.
  http.unref();
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${secret}`,
    close: async () => {
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

interface Desk {
  readonly secret: string;
  shared(): Promise<readonly ServerHandle[]>;
}

async function answer(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  request.resume();
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const [, secret, kind, action] = (request.url ?? '').split('/');
  if (request.method !== 'POST' || secret !== desk.secret) return send(404, { message: 'Not found.' });
  try {
    const servers = await desk.shared();
    if (kind === undefined) return send(200, { servers: servers.map(describe) } satisfies SharedServers);
    const server = servers.find((each) => each.kind === kind);
    if (server === undefined || !isAction(action)) return send(404, { message: 'No such server or action.' });
    await server[action]();
    send(200, {});
  } catch (error) {
    const message = error instanceof OperatorError ? error.message : String((error as Error).stack ?? error);
    send(error instanceof OperatorError ? 503 : 500, { message });
  }
}

function isAction(text: string | undefined): text is ServerAction {
  return SERVER_ACTIONS.some((action) => action === text);
}

function describe({ kind, name, version, url }: ServerHandle): SharedServers['servers'][number] {
  return { kind, name, version, url };
}
