import { type CurrentRates, NO_RATES } from '@bellwether/events';
import {
  createManifestLookup,
  createTenantDirectory,
  type ManifestLookup,
  type TenantDirectory,
} from '@bellwether/ingest';
import {
  drain,
  type LoopLimits,
  type Runner,
  type RunnerClock,
  type RunnerOptions,
  type StreamError,
} from '@bellwether/stream';
import type { Backend } from './backend/backend.ts';
import { type EmbeddedPlace, openEmbeddedBackend } from './backend/open-embedded-backend.ts';
import { allTopologies, SERVICES, type Service } from './topologies.ts';

/** A batch that is public, and whose it was. */
export type CommittedBatch = Parameters<
  NonNullable<RunnerOptions<unknown, unknown, unknown, string>['onCommitted']>
>[0] & { readonly service: Service; readonly topology: string };

/** What of the system runs, and who is told of it. */
export interface EngineOptions {
  /** All four unless told otherwise. */
  readonly services?: readonly Service[];
  /** By which amounts in other currencies are converted; without them they are refused (D23). */
  readonly rates?: CurrentRates;
  readonly limits?: Partial<LoopLimits>;
  readonly onCommitted?: (batch: CommittedBatch) => void;
  readonly onRetry?: (topology: string, partition: number, error: StreamError) => void;
  /** Told of partitions that stop while the others go on; without it the first such error ends `run`. */
  readonly onStopped?: (topology: string, partition: number, error: Error) => void;
  /** Told of partitions that work again after one of these, or are not this process's any more. */
  readonly onRecovered?: (topology: string, partition: number) => void;
}

/** Services at work on a backend, in this process. */
export interface Engine extends Pick<Backend, 'log' | 'store' | 'readModels'> {
  readonly tenants: TenantDirectory;
  readonly rates: CurrentRates;
  readonly manifests: ManifestLookup;
  readonly runners: readonly Runner[];
  /** Runs until `signal` fires; rejects with the first error that no take-over can mend. */
  run(signal: AbortSignal): Promise<void>;
  /** Processes everything that stands in the log, then returns; for commands and tests, not beside `run`. */
  drain(): Promise<void>;
  /** Records that some topology has not processed yet. */
  lag(): Promise<number>;
  close(): Promise<void>;
}

const TENANTS_REFRESH_MS = 1_000;

const CLOCK: RunnerClock = {
  nowMs: () => performance.now(),
  sleep,
  rest: () => new Promise((resolve) => setImmediate(resolve)),
};

/** Builds a runner for every topology of the services, on a backend that is open; closing the engine closes it. */
export function createEngine(backend: Backend, options: EngineOptions = {}): Engine {
  const { log, store, readModels } = backend;
  const { services = SERVICES, rates = NO_RATES } = options;
  const tenants = createTenantDirectory({ readModels, log });
  const topologies = allTopologies({ tenants, rates, partitions: backend.partitions });
  const runners = topologies
    .filter(({ service }) => services.includes(service))
    .map(({ service, name, run }) => {
      const { limits, onCommitted, onRetry, onStopped, onRecovered } = options;
      return run({
        log,
        store,
        clock: CLOCK,
        // Servers come back; a single file that cannot be used needs somebody's help.
        ...(backend.kind === 'servers' ? { maxAttempts: Number.POSITIVE_INFINITY } : {}),
        ...(limits ? { limits } : {}),
        ...(onStopped ? { onStopped: (error, partition) => onStopped(name, partition, error) } : {}),
        onCommitted: (batch) => onCommitted?.({ ...batch, service, topology: name }),
        onRetry: (error, _attempt, partition) => onRetry?.(name, partition, error),
        onRecovered: (partition) => onRecovered?.(name, partition),
      });
    });
  return {
    log,
    store,
    readModels,
    tenants,
    rates,
    runners,
    manifests: createManifestLookup(readModels),
    run: async (signal) => {
      await tenants.refresh();
      const refreshing = services.includes('ingest') ? keepRefreshing(tenants, signal) : Promise.resolve();
      await Promise.all([refreshing, ...runners.map((runner) => runner.run(signal))]);
    },
    drain: async () => {
      await tenants.refresh();
      await drain(runners);
    },
    lag: async () => {
      const lags = await Promise.all(runners.map((runner) => runner.lag()));
      return lags.reduce((sum, lag) => sum + lag, 0);
    },
    close: () => backend.close(),
  };
}

/** All four services, or some, on a file of their own. */
export function openEngine(options: EmbeddedPlace & EngineOptions): Engine {
  return createEngine(openEmbeddedBackend(options), options);
}

/** The clocks of tenants may be kept by another process: steps that ask for them must not wait for long. */
async function keepRefreshing(tenants: TenantDirectory, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(TENANTS_REFRESH_MS, signal);
    await tenants.refresh();
  }
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
