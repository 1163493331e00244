import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { externalBackend } from './external-backend.ts';

/** Looks like a registry: an empty list of subjects, and a version. */
async function openRegistry(): Promise<string> {
  const http = createServer(({ url }, reply) => {
    if (url === '/apis/ccompat/v7/subjects') reply.end('[]');
    else if (url === '/apis/registry/v2/system/info') reply.end('{"name":"registry","version":"2.6.13"}');
    else reply.writeHead(404).end();
  });
  onTestFinished(() => void http.close());
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/apis/ccompat/v7`;
}

it('a server that the environment names is offered with the version that it tells', async () => {
  const url = await openRegistry();
  const backend = externalBackend({ BELLWETHER_TEST_REGISTRY: url });
  expect(await backend.offer('registry')).toEqual({
    available: true,
    name: 'schema registry',
    version: '2.6.13',
  });
  const [registry] = await backend.start(['registry'], () => undefined);
  expect(registry).toMatchObject({ kind: 'registry', url, version: '2.6.13' });
});

it('a server that the environment does not name is not offered, and the variable is told', async () => {
  const offer = await externalBackend({ BELLWETHER_TEST_KAFKA: '' }).offer('kafka');
  expect(offer).toMatchObject({ available: false, reason: expect.stringContaining('BELLWETHER_TEST_KAFKA') });
});

it.each([
  ['kafka', { BELLWETHER_TEST_KAFKA: '127.0.0.1:1' }],
  ['mongodb', { BELLWETHER_TEST_MONGODB: 'mongodb://127.0.0.1:1/scores' }],
  ['registry', { BELLWETHER_TEST_REGISTRY: 'http://127.0.0.1:1' }],
] as const)(
  'a %s that is named but does not answer is an error, not a reason to take another',
  async (kind, env) => {
    await expect(externalBackend(env).offer(kind)).rejects.toThrow(
      /names .*127\.0\.0\.1:1.*unset the variable/,
    );
  },
);

it('a server that is not ours is neither paused nor killed', async () => {
  const backend = externalBackend({ BELLWETHER_TEST_REGISTRY: await openRegistry() });
  const [registry] = await backend.start(['registry'], () => undefined);
  await expect(registry?.kill()).rejects.toThrow('startOwnServers');
});
