import { partitionOf } from '@bellwether/events';
import { createRunner, drain, type RunnerClock } from '@bellwether/stream';
import { MemoryLog, MemoryStore } from '@bellwether/testkit';
import { createW1Topology } from '../w1-topology.ts';
import { OutputDigest } from './digest.ts';
import { generateEvents } from './generate-events.ts';
import type { WorkloadScore } from './workload-event.ts';

const PARTITIONS = 6;
const NAMES = { group: 'w1', input: 'w1-events', output: 'w1-scores' };
const clock: RunnerClock = { nowMs: () => 0, sleep: () => Promise.resolve(), rest: () => Promise.resolve() };

/** The first `events` records of the workload through the loop, over a log and a store in memory. */
export async function runInMemory(events: number, batchRecords: number): Promise<OutputDigest> {
  const log = new MemoryLog(PARTITIONS);
  for (const { key, text } of generateEvents(events)) {
    const partition = partitionOf(key, PARTITIONS);
    await log.append([{ topic: NAMES.input, key, partition, value: JSON.parse(text) }]);
  }
  const store = new MemoryStore();
  await drain([
    createRunner({ topology: createW1Topology(NAMES), log, store, limits: { batchRecords }, clock }),
  ]);
  const digest = new OutputDigest();
  for (const { value } of log.topic(NAMES.output)) digest.add(value as WorkloadScore);
  return digest;
}
