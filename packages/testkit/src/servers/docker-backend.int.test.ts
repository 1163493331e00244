import { createServer, type Server } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ContainerControl } from './container-server.ts';
import { CONTAINER_RECIPES, type ContainerRuntime, dockerBackend } from './docker-backend.ts';

const tell = (): void => undefined;

/** Runs `containers` that answer as a registry does, on the port that they are given. */
function fakeRuntime(): { readonly connect: () => Promise<ContainerRuntime>; readonly started: string[] } {
  const started: string[] = [];
  const run = async (recipe: { readonly image: string }, port: number): Promise<ContainerControl> => {
    started.push(recipe.image);
    let http: Server | undefined;
    const start = async (): Promise<void> => {
      http = createServer((_, reply) => reply.end('[]')).listen(port, '127.0.0.1');
    };
    const end = async (): Promise<void> => {
      http?.closeAllConnections();
      await new Promise((resolve) => (http ? http.close(resolve) : resolve(undefined)));
      http = undefined;
    };
    onTestFinished(end);
    await start();
    return {
      ...{ start, kill: end, stop: end, pause: end, unpause: start },
      inspect: async () => ({ State: { Running: http !== undefined, Paused: false } }),
    };
  };
  return { started, connect: async () => ({ host: '127.0.0.1', run }) };
}

describe('servers in containers', () => {
  it('are not offered where no runtime answers', async () => {
    const backend = dockerBackend(() => Promise.reject(new Error('no strategy works')));
    const reason = 'Start a container runtime (Docker) that answers.';
    expect(await backend.offer('kafka')).toEqual({ available: false, reason });
  });

  it('are offered with the versions of their images where one does', async () => {
    const backend = dockerBackend(fakeRuntime().connect);
    expect(await backend.offer('kafka')).toEqual({ available: true, name: 'Kafka', version: '4.1.1' });
    for (const { image, version } of Object.values(CONTAINER_RECIPES)) expect(image).toMatch(`:${version}`);
  });

  it('have the same address after they were killed', async () => {
    const { connect, started } = fakeRuntime();
    const [registry] = await dockerBackend(connect).start(['registry'], tell);
    expect(started).toEqual([CONTAINER_RECIPES.registry.image]);
    const ask = async () => (await fetch(`${registry?.url}/subjects`)).status;
    expect(await ask()).toBe(200);
    await registry?.kill();
    await expect(ask()).rejects.toThrow();
    await registry?.restart();
    expect(await ask()).toBe(200);
  });

  it('are none when one of them cannot be had', async () => {
    const { connect } = fakeRuntime();
    const killed: string[] = [];
    const backend = dockerBackend(async () => {
      const runtime = await connect();
      return {
        ...runtime,
        run: async (recipe, port) => {
          if (recipe !== CONTAINER_RECIPES.registry) throw new Error(`no such image: ${recipe.image}`);
          const control = await runtime.run(recipe, port);
          return { ...control, kill: async () => killed.push(recipe.image) };
        },
      };
    });
    await expect(backend.start(['registry', 'kafka'], tell)).rejects.toThrow('no such image: apache/kafka');
    expect(killed).toEqual([CONTAINER_RECIPES.registry.image]);
  });
});

describe('the broker in a container', () => {
  it('tells its clients the port of the host, and has the settings of the local one as variables', () => {
    const environment = CONTAINER_RECIPES.kafka.environment('docker.local', 21_234);
    expect(environment).toMatchObject({
      KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://docker.local:21234',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_PROCESS_ROLES: 'broker,controller',
    });
  });
});
