import { setTimeout as delay } from 'node:timers/promises';
import { OperatorError } from '@bellwether/runtime';
import type { Log } from '@bellwether/stream';
import { type Expected, OutputDigest } from '../workload/digest.ts';
import type { WorkloadScore } from '../workload/workload-event.ts';
import type { EngineProcesses } from './engine-processes.ts';
import { cpuMsOf } from './process-cpu.ts';

const POLL_MS = 20;
/** The output is complete when it has not grown for so long. */
const SETTLED_MS = 4_000;
const STUCK_MS = 60_000;
const READ_RECORDS = 20_000;

/** Processor time of an event in each part, µs; undefined where it cannot be seen. */
export interface CpuUs {
  readonly service: number;
  readonly broker: number | undefined;
  readonly store: number | undefined;
}
/** One run of one engine. */
export interface Drained {
  readonly eventsPerS: number;
  readonly seconds: number;
  readonly cpuUs: CpuUs;
  readonly outputs: number;
  readonly digest: string;
  /** Whether number and digest of the outputs are those that the workload states. */
  readonly exact: boolean;
}
/** What a run is watched through. */
export interface Watched {
  readonly log: Log;
  /** The output topic, as the log names it. */
  readonly topic: string;
  readonly brokerPid: number | undefined;
  readonly storePid: number | undefined;
  readonly expected: Expected;
  readonly onProgress?: (outputs: number) => void;
}
interface Snapshot {
  readonly service: number;
  readonly broker: number | undefined;
  readonly store: number | undefined;
}

/**
 * Watches an engine from outside until its output is complete. Time runs from the first record that it processed to the
 * last advance of what readers of committed records may see, so its start is not counted and its last commit is.
 * @throws OperatorError when it ends early or makes no progress for a minute
 */
export async function measureDrain(engine: EngineProcesses, watched: Watched): Promise<Drained> {
  const firstMs = await firstRecord(engine);
  const before = snapshot(engine, watched);
  const { lastMs, after } = await lastAdvance(engine, watched);
  const digest = await readOutput(watched);
  const { events } = watched.expected;
  const seconds = (lastMs - firstMs) / 1_000;
  const perEvent = (end: number | undefined, start: number | undefined): number | undefined =>
    end === undefined || start === undefined ? undefined : ((end - start) * 1_000) / events;
  return {
    seconds,
    eventsPerS: events / seconds,
    cpuUs: {
      service: perEvent(after.service, before.service) ?? 0,
      broker: perEvent(after.broker, before.broker),
      store: perEvent(after.store, before.store),
    },
    outputs: digest.count,
    digest: digest.digest,
    exact: digest.isExactly(watched.expected),
  };
}

async function firstRecord(engine: EngineProcesses): Promise<number> {
  const startedMs = Date.now();
  for (;;) {
    const { firstMs } = engine;
    if (firstMs !== undefined) return firstMs;
    engine.requireAlive();
    if (Date.now() - startedMs > STUCK_MS) throw new OperatorError('The engine processes no record.');
    await delay(POLL_MS / 2);
  }
}

async function lastAdvance(
  engine: EngineProcesses,
  watched: Watched,
): Promise<{ lastMs: number; after: Snapshot }> {
  const { count } = watched.expected;
  let seen = 0;
  let lastMs = Date.now();
  let after = snapshot(engine, watched);
  for (;;) {
    const outputs = await endOf(watched);
    const nowMs = Date.now();
    if (outputs !== seen) {
      seen = outputs;
      lastMs = nowMs;
      after = snapshot(engine, watched);
      watched.onProgress?.(Math.min(outputs, count));
    } else if (seen >= count && nowMs - lastMs > SETTLED_MS) return { lastMs, after };
    else if (nowMs - lastMs > STUCK_MS) {
      throw new OperatorError(`The engine stopped at ${seen} of ${count} outputs.`);
    }
    engine.requireAlive();
    await delay(POLL_MS);
  }
}

/** Records, and markers of transactions, up to where readers of committed records may read. */
async function endOf({ log, topic }: Watched): Promise<number> {
  const ends = await Promise.all(
    partitionsOf(log, topic).map((partition) => log.endOffset(topic, partition)),
  );
  return ends.reduce((sum, end) => sum + end, 0);
}

async function readOutput({ log, topic }: Watched): Promise<OutputDigest> {
  const digest = new OutputDigest();
  for (const partition of partitionsOf(log, topic)) {
    let offset = 0;
    for (;;) {
      // Without a wait, nothing more is read only when nothing more is committed.
      const records = await log.read({ topic, partition, offset }, { limit: READ_RECORDS, waitMs: 0 });
      const last = records.at(-1);
      if (!last) break;
      for (const { value } of records) digest.add(value as WorkloadScore);
      offset = last.offset + 1;
    }
  }
  return digest;
}

function partitionsOf(log: Log, topic: string): number[] {
  return Array.from({ length: log.partitions(topic) }, (_, partition) => partition);
}

function snapshot(engine: EngineProcesses, { brokerPid, storePid }: Watched): Snapshot {
  return {
    service: engine.cpuMs,
    broker: brokerPid === undefined ? undefined : cpuMsOf(brokerPid),
    store: storePid === undefined ? undefined : cpuMsOf(storePid),
  };
}
