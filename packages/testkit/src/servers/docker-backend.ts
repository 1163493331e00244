import {
  answers,
  findFreePorts,
  type ServerHandle,
  type ServerKind,
  SINGLE_BROKER_SETTINGS,
  type Tell,
  waitUntil,
} from '@bellwether/local-servers';
import { OperatorError } from '@bellwether/runtime';
import type { ContainerRuntimeClient } from 'testcontainers';
import type { Backend, Offer } from './backend.ts';
import { type ContainerControl, containerServer } from './container-server.ts';

/** How to run one kind of server in a container. */
export interface ContainerRecipe {
  readonly name: string;
  readonly version: string;
  readonly image: string;
  /** Port inside the container that clients use. */
  readonly port: number;
  environment(host: string, port: number): Readonly<Record<string, string>>;
  url(host: string, port: number): string;
}

/** The same servers, settings and promises as the local programs. */
export const CONTAINER_RECIPES: Readonly<Record<ServerKind, ContainerRecipe>> = {
  kafka: {
    name: 'Kafka',
    version: '4.1.1',
    image: 'apache/kafka:4.1.1',
    port: 9092,
    environment: kafkaEnvironment,
    url: (host, port) => `${host}:${port}`,
  },
  registry: {
    name: 'Apicurio Registry',
    version: '2.6.13.Final',
    image: 'apicurio/apicurio-registry-mem:2.6.13.Final',
    port: 8080,
    // A file, so that the schemas outlive a kill.
    environment: () => ({ QUARKUS_DATASOURCE_JDBC_URL: 'jdbc:h2:file:/tmp/schemas;WRITE_DELAY=0' }),
    url: (host, port) => `http://${host}:${port}/apis/ccompat/v7`,
  },
  mongodb: {
    name: 'MongoDB',
    version: '8.0',
    image: 'mongo:8.0',
    port: 27_017,
    environment: () => ({}),
    url: (host, port) => `mongodb://${host}:${port}`,
  },
};

const START_TIMEOUT_MS = 120_000;

/** What is used of testcontainers; replaced in tests of the choice. */
export interface ContainerRuntime {
  /** Address under which the ports of containers are reached. */
  readonly host: string;
  /** Runs a container with one port published on a port of the host. */
  run(recipe: ContainerRecipe, port: number): Promise<ContainerControl>;
}

/**
 * Servers in containers, where a container runtime answers. The ports of the host are chosen beforehand: Kafka has to
 * tell them to its clients, and they must be the same after a restart.
 */
export function dockerBackend(find: () => Promise<ContainerRuntime> = findRuntime): Backend {
  let runtime: Promise<ContainerRuntime> | undefined;
  const connect = (): Promise<ContainerRuntime> => {
    runtime ??= find();
    return runtime;
  };
  return {
    name: 'docker',
    offer: async (kind): Promise<Offer> => {
      try {
        await connect();
      } catch {
        return { available: false, reason: 'Start a container runtime (Docker) that answers.' };
      }
      const { name, version } = CONTAINER_RECIPES[kind];
      return { available: true, name, version };
    },
    start: async (kinds, tell) => {
      const runtime = await connect();
      const ports = await findFreePorts(kinds.length);
      const outcomes = await Promise.allSettled(
        kinds.map((kind, index) => startOne(runtime, { kind, port: ports[index] ?? 0, tell })),
      );
      const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed === undefined) return started;
      await Promise.all(started.map((server) => server.kill()));
      throw failed.reason;
    },
  };
}

async function startOne(
  runtime: ContainerRuntime,
  { kind, port, tell }: { readonly kind: ServerKind; readonly port: number; readonly tell: Tell },
): Promise<ServerHandle> {
  const recipe = CONTAINER_RECIPES[kind];
  tell(`Starting ${recipe.image}…`);
  const control = await runtime.run(recipe, port);
  const url = recipe.url(runtime.host, port);
  const untilReady = async (): Promise<void> => {
    if (await waitUntil(() => answers(kind, url), START_TIMEOUT_MS)) return;
    throw new OperatorError(
      `${recipe.name} in the container ${recipe.image} did not answer in ${START_TIMEOUT_MS / 1000} s; ` +
        '`docker logs` may say why, and BELLWETHER_TEST_BACKEND=local does without containers.',
    );
  };
  await untilReady();
  const { name, version } = recipe;
  return containerServer(control, { kind, name, version, url, untilReady });
}

/** Asks testcontainers, which looks wherever a runtime may be; rejects when none answers. */
async function findRuntime(): Promise<ContainerRuntime> {
  // Loading it takes a good part of a second, and most runs do not need it.
  const { GenericContainer, getContainerRuntimeClient } = await import('testcontainers');
  const client: ContainerRuntimeClient = await getContainerRuntimeClient();
  const { host } = client.info.containerRuntime;
  return {
    host,
    run: async (recipe, port) => {
      const container = await new GenericContainer(recipe.image)
        .withExposedPorts({ container: recipe.port, host: port })
        .withEnvironment(recipe.environment(host, port))
        .withStartupTimeout(START_TIMEOUT_MS)
        .start();
      return client.container.getById(container.getId());
    },
  };
}

/** The image reads `KAFKA_BROKER_ID` as `broker.id`. */
function kafkaEnvironment(host: string, port: number): Readonly<Record<string, string>> {
  const settings = {
    ...SINGLE_BROKER_SETTINGS,
    'controller.quorum.voters': '1@localhost:9093',
    listeners: 'PLAINTEXT://:9092,CONTROLLER://:9093',
    'advertised.listeners': `PLAINTEXT://${host}:${port}`,
  };
  const variables = Object.entries(settings).map(([key, value]) => [
    `KAFKA_${key.toUpperCase().replaceAll('.', '_')}`,
    String(value),
  ]);
  return { ...Object.fromEntries(variables), KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m' };
}
