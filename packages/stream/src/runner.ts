import { StreamError } from './errors.ts';
import { type Committed, type LoopLimits, PartitionLoop } from './partition-loop.ts';
import type { KeyedStore, Log } from './ports.ts';
import type { Topology } from './topology.ts';

/** A topology, the backend it runs on, and who is told of it. */
export interface RunnerOptions<Value, State, Head, Out extends string> {
  readonly topology: Topology<Value, State, Head, Out>;
  readonly log: Log;
  readonly store: KeyedStore;
  readonly limits?: Partial<LoopLimits>;
  readonly clock: RunnerClock;
  /** Called after a batch is public: metrics, live feeds. Must not throw. */
  readonly onCommitted?: (committed: Committed & { readonly partition: number }) => void;
  /** Called when a retriable error makes a partition take over again. */
  readonly onRetry?: (error: StreamError, attempt: number) => void;
}

/** Time for the loop's own conduct; it never reaches a step. */
export interface RunnerClock {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Lets other work of the process have its turn between two batches. */
  readonly rest: () => Promise<void>;
}

/** A topology at work on all partitions of its input. */
export interface Runner {
  readonly name: string;
  /** One batch of each partition at most; the number of records processed. For tests and drains. */
  turn(): Promise<number>;
  /** Processes until `signal` fires; rejects on the first error that taking over again cannot mend. */
  run(signal: AbortSignal): Promise<void>;
  /** Records between what was processed and the end of the log. */
  lag(): Promise<number>;
}

export const DEFAULT_LIMITS: LoopLimits = { batchRecords: 2_000, batchMs: 50 };
const WAIT_MS = 1_000;
const MAX_ATTEMPTS = 8;

/** Runs a topology on all partitions of its input. */
export function createRunner<Value, State, Head, Out extends string>(
  options: RunnerOptions<Value, State, Head, Out>,
): Runner {
  const { topology, log, store, clock } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const loops = Array.from(
    { length: log.partitions(topology.input) },
    (_, partition) => new PartitionLoop({ topology, partition, log, store, limits, nowMs: clock.nowMs }),
  );
  const turnOf = async (partition: number, waitMs: number, signal?: AbortSignal): Promise<number> => {
    const committed = await loops[partition]?.turn(waitMs, signal);
    if (!committed) return 0;
    options.onCommitted?.({ ...committed, partition });
    return committed.records.length;
  };
  const runPartition = async (partition: number, signal: AbortSignal): Promise<void> => {
    let attempt = 0;
    while (!signal.aborted) {
      try {
        await turnOf(partition, WAIT_MS, signal);
        attempt = 0;
        await clock.rest();
      } catch (error) {
        if (!(error instanceof StreamError) || !error.retriable || attempt >= MAX_ATTEMPTS) throw error;
        attempt += 1;
        options.onRetry?.(error, attempt);
        await clock.sleep(Math.min(50 * 2 ** attempt, 5_000));
      }
    }
  };
  return {
    name: topology.name,
    turn: async () => {
      let records = 0;
      for (const partition of loops.keys()) records += await turnOf(partition, 0);
      return records;
    },
    run: async (signal) => {
      await Promise.all(loops.map((_, partition) => runPartition(partition, signal)));
    },
    lag: async () => {
      let lag = 0;
      for (const [partition, loop] of loops.entries()) {
        lag += Math.max(0, (await log.endOffset(topology.input, partition)) - loop.position);
      }
      return lag;
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
