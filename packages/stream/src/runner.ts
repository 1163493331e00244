import { StreamError } from './errors.ts';
import { type Committed, type LoopLimits, PartitionLoop } from './partition-loop.ts';
import { PartitionTasks } from './partition-tasks.ts';
import type { KeyedStore, Log } from './ports.ts';
import type { Topology } from './topology.ts';

/** A topology, the backend it runs on, and who is told of it. */
export interface RunnerOptions<Value, State, Head, Out extends string> {
  readonly topology: Topology<Value, State, Head, Out>;
  readonly log: Log;
  readonly store: KeyedStore;
  readonly limits?: Partial<LoopLimits>;
  readonly clock: RunnerClock;
  /** How often in a row a partition is taken over again before `run` gives up; 8 unless told otherwise. */
  readonly maxAttempts?: number;
  /** Called after a batch is public: metrics, live feeds. Must not throw. */
  readonly onCommitted?: (committed: Committed & { readonly partition: number }) => void;
  /** Called when a retriable error makes a partition take over again. */
  readonly onRetry?: (error: StreamError, attempt: number, partition: number) => void;
  /**
   * Called when a partition stops on an error that taking over again cannot mend. The others go on, and this one is
   * tried again every half minute. Without it such an error ends `run`.
   */
  readonly onStopped?: (error: Error, partition: number) => void;
  /**
   * Called after `onRetry` or `onStopped` when the partition works again, even where there is nothing to read, or is
   * not one's own any more.
   */
  readonly onRecovered?: (partition: number) => void;
}

/** Time for the loop's own conduct; it never reaches a step. */
export interface RunnerClock {
  readonly nowMs: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Lets other work of the process have its turn between two batches. */
  readonly rest: () => Promise<void>;
}

/** A topology at work on the partitions of its input that are its own. */
export interface Runner {
  readonly name: string;
  /** One batch of each partition at most; the number of records processed. For tests and drains. */
  turn(): Promise<number>;
  /** Processes until `signal` fires; rejects on the first error that taking over again cannot mend. */
  run(signal: AbortSignal): Promise<void>;
  /** Partitions that this process works on at present, in ascending order. */
  assigned(): readonly number[];
  /** Records between what was processed and the end of the log, over the partitions that are its own. */
  lag(): Promise<number>;
}

export const DEFAULT_LIMITS: LoopLimits = { batchRecords: 2_000, batchMs: 50 };
const WAIT_MS = 1_000;
const DEFAULT_MAX_ATTEMPTS = 8;
const LONGEST_PAUSE_MS = 5_000;
const STOPPED_PAUSE_MS = 30_000;

/** Runs a topology on the partitions of its input that the log assigns to it. */
export function createRunner<Value, State, Head, Out extends string>(
  options: RunnerOptions<Value, State, Head, Out>,
): Runner {
  const { topology, log, store, clock } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const loops = Array.from(
    { length: log.partitions(topology.input) },
    (_, partition) => new PartitionLoop({ topology, partition, log, store, limits, nowMs: clock.nowMs }),
  );
  let assigned: readonly number[] = [...loops.keys()];
  const turnOf = async (partition: number, waitMs: number, signal?: AbortSignal): Promise<number> => {
    const committed = await loops[partition]?.turn(waitMs, signal);
    if (!committed) return 0;
    options.onCommitted?.({ ...committed, partition });
    return committed.records.length;
  };
  const work = async (partition: number, signal: AbortSignal): Promise<void> => {
    const pause = pauses(options, partition);
    while (!signal.aborted) {
      try {
        await turnOf(partition, WAIT_MS, signal);
        pause.reset();
        await clock.rest();
      } catch (error) {
        const pauseMs = pause.after(error);
        await clock.sleep(pauseMs, signal);
      }
    }
    await loops[partition]?.abandon();
    pause.reset();
  };
  return {
    name: topology.name,
    turn: async () => {
      let records = 0;
      for (const partition of loops.keys()) records += await turnOf(partition, 0);
      return records;
    },
    run: async (signal) => {
      const tasks = new PartitionTasks(work);
      const onAssigned = (partitions: readonly number[]): void => {
        assigned = partitions.toSorted((one, other) => one - other);
        tasks.assign(partitions);
      };
      await tasks.until(signal, (left) =>
        log.join({ group: topology.name, topic: topology.input, onAssigned }, left),
      );
    },
    assigned: () => assigned,
    lag: async () => {
      let lag = 0;
      for (const partition of assigned) {
        const end = await log.endOffset(topology.input, partition);
        lag += Math.max(0, end - (loops[partition]?.offset ?? 0));
      }
      return lag;
    },
  };
}

/** How long a partition waits after an error: longer each time, half a minute where only a person can help. */
function pauses(
  options: Pick<
    RunnerOptions<never, never, never, never>,
    'maxAttempts' | 'onRetry' | 'onStopped' | 'onRecovered'
  >,
  partition: number,
) {
  let attempt = 0;
  let isTroubled = false;
  return {
    reset: (): void => {
      attempt = 0;
      if (isTroubled) options.onRecovered?.(partition);
      isTroubled = false;
    },
    /** @throws the error when `run` must end with it */
    after: (error: unknown): number => {
      const isRetriable = error instanceof StreamError && error.retriable;
      if (isRetriable && attempt < (options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS)) {
        attempt += 1;
        isTroubled = true;
        options.onRetry?.(error, attempt, partition);
        return Math.min(50 * 2 ** attempt, LONGEST_PAUSE_MS);
      }
      if (!options.onStopped || !(error instanceof Error)) throw error;
      isTroubled = true;
      options.onStopped(error, partition);
      return STOPPED_PAUSE_MS;
    },
  };
}

/** Turns all runners until none has anything left to do; the number of records processed. */
export async function drain(runners: readonly Runner[]): Promise<number> {
  let total = 0;
  for (;;) {
    let records = 0;
    for (const runner of runners) records += await runner.turn();
    if (records === 0) return total;
    total += records;
  }
}
