import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createLogger } from '@bellwether/runtime';
import { type OwnServers, startOwnServers } from '@bellwether/testkit/servers';
import type { Backend } from '../../../services/cli/src/backend/backend.ts';
import { openServersBackend } from '../../../services/cli/src/backend/open-servers-backend.ts';
import { readSettings } from '../../../services/cli/src/config/read-settings.ts';
import type { Service } from '../../../services/cli/src/topologies.ts';

const MAIN = join(import.meta.dirname, '../../../services/cli/src/main.ts');
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning'];
const STARTED_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 30_000;
/** Lines of a process that are kept to explain a failure. */
const KEPT_LINES = 40;

/** One process of the system: some services on the cluster's servers. */
export interface Instance {
  readonly name: string;
  readonly services: readonly Service[];
  /** Where its HTTP server is. */
  url(): string;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGSTOP and SIGCONT: it stands still, and goes on as if nothing had happened. */
  pause(): void;
  resume(): void;
  /** Starts it again after `kill` or `stop`, on the same port. */
  start(): Promise<void>;
  isRunning(): boolean;
  /** Undefined while it does not run. */
  processId(): number | undefined;
  /** The last lines that it wrote. */
  lines(): readonly string[];
}

/** Servers of one test, and the processes of the system on them. */
export interface Cluster {
  readonly servers: OwnServers<'kafka' | 'registry' | 'mongodb'>;
  /** Settings of every process, as its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Starts one more process; `more` is added to its environment. */
  add(name: string, services: readonly Service[], more?: Readonly<Record<string, string>>): Promise<Instance>;
  instances(): readonly Instance[];
  /** Runs a command of the CLI on the servers; what it printed. @throws Error with what it said when it fails */
  command(...parameters: readonly string[]): Promise<string>;
  /** Log and store as a program of its own sees them. */
  open(): Promise<Backend>;
  close(): Promise<void>;
}

export interface ClusterOptions {
  readonly partitions: number;
  readonly delivery?: 'transactional' | 'idempotent';
}

/** Starts Kafka, a registry and MongoDB for one test; processes are added to them. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const servers = await startOwnServers(['kafka', 'registry', 'mongodb'] as const);
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-cluster-'));
  const environment = {
    BELLWETHER_BACKEND: 'kafka',
    BELLWETHER_KAFKA_BROKERS: servers.kafka.url,
    BELLWETHER_KAFKA_REPLICATION: '1',
    BELLWETHER_REGISTRY_URL: servers.registry.url,
    BELLWETHER_MONGODB_URI: servers.mongodb.url,
    BELLWETHER_PARTITIONS: String(options.partitions),
    BELLWETHER_DELIVERY: options.delivery ?? 'transactional',
  };
  const instances: Instance[] = [];
  return {
    servers,
    environment,
    add: async (name, services, more = {}) => {
      const instance = createInstance(name, services, {
        ...environment,
        BELLWETHER_DATA_FOLDER: join(folder, name),
        ...more,
      });
      instances.push(instance);
      await instance.start();
      return instance;
    },
    instances: () => instances,
    command: async (...parameters) => {
      const env = {
        PATH: process.env.PATH ?? '',
        ...environment,
        BELLWETHER_DATA_FOLDER: join(folder, 'command'),
      };
      const { stdout } = await promisify(execFile)(process.execPath, [...NODE_FLAGS, MAIN, ...parameters], {
        env,
      });
      return stdout;
    },
    open: async () => {
      const { settings } = readSettings({ ...environment, BELLWETHER_DATA_FOLDER: join(folder, 'reader') });
      const logger = createLogger({ name: 'reader', level: 'error' });
      return await openServersBackend(settings, { services: [], logger });
    },
    close: async () => {
      await Promise.all(instances.map((instance) => instance.kill()));
      await servers.stopAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A process of the command that is yet to be started, with these settings as its environment. */
export function createInstance(
  name: string,
  services: readonly Service[],
  environment: Readonly<Record<string, string>>,
): Instance {
  let child: ChildProcess | undefined;
  let url = '';
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
  };
  const isRunning = (): boolean =>
    child !== undefined && child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    // A process that stands still dies, but does not stop.
    if (signal === 'SIGTERM') child.kill('SIGCONT');
    const timer = setTimeout(() => child?.kill('SIGKILL'), STOPPED_WITHIN_MS);
    const [code] = (await exited) as [number | null];
    clearTimeout(timer);
    return code;
  };
  const start = async (): Promise<void> => {
    const flags = ['start', ...services.flatMap((service) => ['--service', service])];
    const port = url === '' ? '0' : new URL(url).port;
    child = spawn(process.execPath, [...NODE_FLAGS, MAIN, ...flags, '--port', port], {
      env: { PATH: process.env.PATH ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = Promise.withResolvers<void>();
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        keep(line);
        const found = /^Bellwether is at (\S+)/.exec(line)?.[1];
        if (found === undefined) return;
        url = found;
        started.resolve();
      });
    }
    child.once('exit', (code) =>
      started.reject(new Error(`${name} ended with ${code}:\n${lines.join('\n')}`)),
    );
    const late = sleep(STARTED_WITHIN_MS, undefined, { ref: false }).then(() => {
      throw new Error(`${name} did not start:\n${lines.join('\n')}`);
    });
    await Promise.race([started.promise, late]);
  };
  return {
    name,
    services,
    url: () => url,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    start,
    isRunning,
    processId: () => (isRunning() ? child?.pid : undefined),
    lines: () => lines,
  };
}
