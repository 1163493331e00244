import { Worker } from 'node:worker_threads';
import { addCounts, noCounts } from '../../../packages/testkit/src/simulation/counts.ts';
import type { SourceChange } from './change-source.ts';
import type { ScheduleRun, Schedules } from './run-schedules.ts';

const WORKER = new URL('./schedules-worker.fixture.ts', import.meta.url);

/** Plays schedules in a thread of its own, with a copy of the loop that is changed as asked. */
export function playInThread(
  schedules: Schedules,
  changes: readonly SourceChange[] = [],
): Promise<ScheduleRun> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: { schedules, changes } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread ended with ${code} before its schedules`)));
  });
}

/** Plays schedules in two threads, one half each. */
export async function playSchedules(schedules: Schedules): Promise<ScheduleRun> {
  const half = Math.ceil(schedules.count / 2);
  const halves = await Promise.all([
    playInThread({ ...schedules, count: half }),
    playInThread({ ...schedules, from: schedules.from + half, count: schedules.count - half }),
  ]);
  const counts = noCounts();
  for (const each of halves) addCounts(counts, each.counts);
  return { counts, violations: halves.flatMap(({ violations }) => violations) };
}
