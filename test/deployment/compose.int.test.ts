import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SINGLE_BROKER_SETTINGS } from '@bellwether/local-servers';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CONTAINER_RECIPES } from '../../packages/testkit/src/servers/docker-backend.ts';
import { readSettings } from '../../services/cli/src/config/read-settings.ts';
import { SERVICES } from '../../services/cli/src/topologies.ts';

interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly build?: { readonly dockerfile: string };
}

const ROOT = dirname(dirname(import.meta.dirname));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const compose: {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
} = parse(read('docker-compose.yml'), { merge: true });
const parts = Object.entries(compose.services);
const dockerfile = read('infra/docker/Dockerfile');

function part(name: string): ComposeService {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no ${name}`);
  return found;
}

describe('docker-compose.yml', () => {
  it('runs the four services, each in a container of its own', () => {
    const commands = SERVICES.map((service) => part(service).command);
    expect(commands).toEqual(SERVICES.map((service) => ['start', '--service', service]));
    expect(new Set(SERVICES.map((service) => part(service).image)).size).toBe(1);
    expect(parts.map(([name]) => name).sort()).toEqual([...SERVICES, 'kafka', 'registry', 'mongodb'].sort());
  });

  it.each(SERVICES)('gives %s settings that the command understands', (service) => {
    const { settings } = readSettings(
      Object.fromEntries(
        Object.entries(part(service).environment ?? {}).map(([key, value]) => [key, String(value)]),
      ),
    );
    expect(settings).toMatchObject({ backend: 'kafka', host: '0.0.0.0', trustedNetwork: true });
    expect(settings.kafkaBrokers).toEqual(['kafka:9092']);
    expect(new URL(settings.registryUrl).hostname).toBe('registry');
    expect(new URL(settings.mongodbUri).hostname).toBe('mongodb');
  });

  it('starts a service when its servers are healthy, and every server can tell that', () => {
    for (const [name, { depends_on: needs = {} }] of parts) {
      if (SERVICES.some((service) => service === name))
        expect(Object.keys(needs).sort()).toEqual(['kafka', 'mongodb', 'registry']);
      for (const [needed, { condition }] of Object.entries(needs)) {
        expect(condition).toBe('service_healthy');
        expect(part(needed).healthcheck?.test.length).toBeGreaterThan(1);
      }
    }
  });

  it('names the broker to other containers as the services look for it', () => {
    const { environment = {} } = part('kafka');
    const advertised = String(environment.KAFKA_ADVERTISED_LISTENERS).split(',');
    expect(advertised).toContain(`${environment.KAFKA_INTER_BROKER_LISTENER_NAME}://kafka:9092`);
    const names = (list: unknown): string[] =>
      String(list)
        .split(',')
        .map((each) => each.replace(/:.*/, ''));
    expect(names(environment.KAFKA_LISTENERS).sort()).toEqual(
      names(environment.KAFKA_LISTENER_SECURITY_PROTOCOL_MAP).sort(),
    );
  });

  it('sets the broker as it is set where the tests run', () => {
    const { environment = {} } = part('kafka');
    const shared = Object.entries(SINGLE_BROKER_SETTINGS).filter(([key]) =>
      /replication|isr|auto\.create|bytes$/.test(key),
    );
    expect(shared.length).toBeGreaterThan(6);
    for (const [key, value] of shared)
      expect([key, String(environment[`KAFKA_${key.toUpperCase().replaceAll('.', '_')}`])]).toEqual([
        key,
        String(value),
      ]);
  });

  it('pins every image to a version, the same as in the tests', () => {
    for (const [, { image }] of parts) expect(image).toMatch(/^[a-z/-]+:\d+\.\d+/);
    expect(part('kafka').image).toBe(CONTAINER_RECIPES.kafka.image);
    expect(part('mongodb').image).toBe(CONTAINER_RECIPES.mongodb.image);
    expect(part('registry').image).toContain(`:${CONTAINER_RECIPES.registry.version}`);
    expect(part('ingest').image).toBe(`bellwether:${JSON.parse(read('package.json')).version}`);
  });

  it('opens ports to this machine only', () => {
    const ports = parts.flatMap(([, service]) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(new Set(ports.map((port) => port.split(':')[1])).size).toBe(ports.length);
  });

  it('keeps what has to outlive a container in volumes that it declares', () => {
    const used = parts.flatMap(([, service]) => service.volumes ?? []).map((volume) => volume.split(':')[0]);
    expect(used.sort()).toEqual(Object.keys(compose.volumes).sort());
    expect(part('kafka').volumes).toEqual([`kafka:${part('kafka').environment?.KAFKA_LOG_DIRS}`]);
    expect(part('mongodb').volumes).toEqual(['mongodb:/data/db']);
  });
});

describe('the image of the services', () => {
  it('is the one that the services are built from', () => {
    for (const service of SERVICES) expect(part(service).build?.dockerfile).toBe('infra/docker/Dockerfile');
  });

  it('runs Node 24 as somebody who may not change the program', () => {
    expect(dockerfile).toMatch(/^FROM node:24-slim$/m);
    expect(dockerfile.indexOf('\nUSER node\n')).toBeGreaterThan(dockerfile.lastIndexOf('\nRUN '));
  });

  it('tells that it is healthy from the port that the service listens on', () => {
    const [, port] = /BELLWETHER_PORT=(\d+)/.exec(dockerfile) ?? [];
    expect(dockerfile).toContain(`http://127.0.0.1:${port}/readyz`);
    expect(dockerfile).toContain(`EXPOSE ${port}\n`);
    const published = SERVICES.flatMap((service) => part(service).ports ?? []);
    for (const each of published) expect(each.split(':')[2]).toBe(port);
  });
});
