import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { listen } from './listen.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function bind({ port, host }: { readonly port: number; readonly host: string }): Promise<string> {
  const server = createServer();
  servers.push(server);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not bound to a port');
  return `http://${host}:${address.port}`;
}

it('a second server on the same default port gets another one of a real machine', async () => {
  const said: string[] = [];
  const options = { bind, host: '127.0.0.1', say: (sentence: string) => said.push(sentence) };
  const first = await listen({ ...options, port: 0, defaultPort: 8080 });
  const second = await listen({ ...options, port: undefined, defaultPort: first });
  expect(second).toBeGreaterThan(first);
  expect(said).toEqual([`Port ${first} is taken, using ${second} instead.`]);
  await expect(listen({ ...options, port: first, defaultPort: 8080 })).rejects.toThrow(`Port ${first}`);
});
