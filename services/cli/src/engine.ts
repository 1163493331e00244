import { type Embedded, openEmbedded } from '@bellwether/embedded';
import { TOPICS, type TopicName } from '@bellwether/events';
import {
  createManifestLookup,
  createTenantDirectory,
  type ManifestLookup,
  type TenantDirectory,
} from '@bellwether/ingest';
import { IN_MEMORY_COLLECTIONS } from '@bellwether/projection';
import {
  drain,
  type LoopLimits,
  type Runner,
  type RunnerClock,
  type RunnerOptions,
} from '@bellwether/stream';
import { allTopologies, type Service } from './topologies.ts';

/** A batch that is public, and whose it was. */
export type CommittedBatch = Parameters<
  NonNullable<RunnerOptions<unknown, unknown, unknown, string>['onCommitted']>
>[0] & { readonly service: Service; readonly topology: string };

export interface EngineOptions {
  /** Data folder, or `:memory:`. */
  readonly path: string;
  /** Partitions of keyed topics; fixed when the folder is created. */
  readonly partitions?: number;
  readonly limits?: Partial<LoopLimits>;
  readonly onCommitted?: (batch: CommittedBatch) => void;
  readonly onRetry?: (topology: string, message: string) => void;
}

/** All four services on the embedded backend, in this process. */
export interface Engine extends Pick<Embedded, 'log' | 'store' | 'readModels'> {
  readonly tenants: TenantDirectory;
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

const CLOCK: RunnerClock = {
  nowMs: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  rest: () => new Promise((resolve) => setImmediate(resolve)),
};

/** Opens the backend and builds a runner for every topology of every service. */
export function openEngine(options: EngineOptions): Engine {
  const partitions = options.partitions ?? 1;
  const backend = openEmbedded({
    path: options.path,
    partitions,
    topics: topicPartitions(),
    collections: Object.fromEntries(IN_MEMORY_COLLECTIONS.map((name) => [name, { inMemory: true }])),
  });
  const { log, store, readModels } = backend;
  const tenants = createTenantDirectory({ store, log });
  const runners = allTopologies({ tenants, partitions }).map(({ service, name, run }) =>
    run({
      log,
      store,
      clock: CLOCK,
      ...(options.limits ? { limits: options.limits } : {}),
      onCommitted: (batch) => options.onCommitted?.({ ...batch, service, topology: name }),
      onRetry: (error) => options.onRetry?.(name, error.message),
    }),
  );
  return {
    log,
    store,
    readModels,
    tenants,
    runners,
    manifests: createManifestLookup(store),
    run: async (signal) => {
      await tenants.refresh();
      await Promise.all(runners.map((runner) => runner.run(signal)));
    },
    drain: async () => {
      await tenants.refresh();
      await drain(runners);
    },
    lag: async () => {
      let total = 0;
      for (const runner of runners) total += await runner.lag();
      return total;
    },
    close: () => backend.close(),
  };
}

function topicPartitions(): Record<TopicName, 'one' | 'keyed'> {
  return Object.fromEntries(
    Object.entries(TOPICS).map(([name, topic]) => [name, topic.partitions]),
  ) as Record<TopicName, 'one' | 'keyed'>;
}
