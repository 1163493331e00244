import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { ServerKind } from './server.ts';

/** All servers listen here only. */
export const HOST = '127.0.0.1';

/** Ports of `npm run servers:start`; Kafka's second one is for its controller. */
export const DEFAULT_PORTS: Readonly<Record<ServerKind, readonly number[]>> = {
  kafka: [29_092, 29_093],
  registry: [28_081],
  mongodb: [27_117],
};

// Below the ports that the system gives to clients (32768 on Linux, 49152 elsewhere): a client that tries again and
// again to reach a killed server could otherwise be given that very port, and the server could not come back.
const FIRST_FREE = 20_000;
const LAST_FREE = 27_000;

/** As many ports as given that nobody listens on now. */
export async function findFreePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(FIRST_FREE, LAST_FREE);
    if (await isPortFree(port)) found.add(port);
  }
  return [...found];
}

/** Whether a server could listen there now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}
