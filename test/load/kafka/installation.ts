import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@bellwether/runtime';
import type { OwnServers } from '@bellwether/testkit/servers';
import type { Backend } from '../../../services/cli/src/backend/backend.ts';
import { openServersBackend } from '../../../services/cli/src/backend/open-servers-backend.ts';
import { readSettings } from '../../../services/cli/src/config/read-settings.ts';
import type { Service } from '../../../services/cli/src/topologies.ts';
import { createInstance, type Instance } from '../../integrity/support/cluster.ts';
import { BENCH_TENANT } from '../loaded-engine.ts';
import { type PublishedCheck, publishedCheck } from './published-check.ts';

/** The servers of a run of the bench. */
export type BenchServers = OwnServers<'kafka' | 'registry' | 'mongodb'>;

/** Partitions of topics with a key: what an installation has by default. */
export const PARTITIONS = 6;
export const DELIVERIES = ['transactional', 'idempotent'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** Topics, groups and a database of their own on the servers of the run, and processes of the system on them. */
export interface Installation {
  readonly servers: BenchServers;
  /** One a service, in the order in which an event passes them. */
  readonly processes: readonly Instance[];
  /** Log and store as a program of its own sees them. */
  readonly backend: Backend;
  readonly published: PublishedCheck;
  /** Name of a topic in Kafka. */
  topic(name: string): string;
  /** Lets the processes stand still (SIGSTOP) while `work` is done. */
  whilePaused(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export interface InstallationOptions {
  readonly servers: BenchServers;
  readonly name: string;
  readonly delivery: Delivery;
  /** Each in a process of its own. */
  readonly services: readonly Service[];
}

/** Starts one process for each service on new topics and a new database. */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { servers, services } = options;
  const prefix = `bench-${options.name}`;
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-bench-'));
  const environment = environmentOf(options, prefix);
  const processes = services.map((service) =>
    createInstance(service, [service], { ...environment, BELLWETHER_DATA_FOLDER: join(folder, service) }),
  );
  const { settings } = readSettings({ ...environment, BELLWETHER_DATA_FOLDER: join(folder, 'bench') });
  // Where no process runs ingest, the bench stands in for it and writes what it would.
  const standsInFor = services.includes('ingest') ? [] : (['ingest'] as const);
  const logger = createLogger({ name: 'bench', level: 'error' });
  const backend = await openServersBackend(settings, { services: standsInFor, logger });
  const published = await publishedCheck({ backend, broker: servers.kafka.url, prefix, services });
  const close = async (): Promise<void> => {
    await Promise.all(processes.map((each) => each.kill()));
    await published.close();
    await backend.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(processes.map((each) => each.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    servers,
    processes,
    backend,
    published,
    topic: (name) => `${prefix}.${name}`,
    whilePaused: async (work) => {
      for (const each of processes) each.pause();
      try {
        await work();
      } finally {
        for (const each of processes) each.resume();
      }
    },
    close,
  };
}

function environmentOf({ servers, delivery }: InstallationOptions, prefix: string): Record<string, string> {
  return {
    BELLWETHER_BACKEND: 'kafka',
    BELLWETHER_KAFKA_BROKERS: servers.kafka.url,
    BELLWETHER_KAFKA_REPLICATION: '1',
    BELLWETHER_REGISTRY_URL: servers.registry.url,
    BELLWETHER_MONGODB_URI: servers.mongodb.url,
    BELLWETHER_MONGODB_DATABASE: prefix,
    BELLWETHER_PREFIX: prefix,
    BELLWETHER_PARTITIONS: String(PARTITIONS),
    BELLWETHER_DELIVERY: delivery,
  };
}

/** A source system may only publish for a tenant that has begun. */
export async function beginTenant({ processes }: Installation): Promise<void> {
  const ingest = processes.find(({ services }) => services.includes('ingest'));
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ currency: 'USD', timeZone: 'UTC', synthetic: true });
  const answer = await fetch(`${ingest?.url()}/v1/tenants/${BENCH_TENANT}`, { method: 'PUT', headers, body });
  if (!answer.ok) throw new Error(`The tenant was not begun: ${await answer.text()}`);
}
