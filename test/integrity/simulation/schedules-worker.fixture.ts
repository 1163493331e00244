import { parentPort, workerData } from 'node:worker_threads';
import { changeSources, type SourceChange } from './change-source.ts';
import type { Schedules } from './run-schedules.ts';

/** A thread of its own that plays schedules, with its own copy of the loop, changed where a mutant wants it. */
const { schedules, changes } = workerData as { schedules: Schedules; changes: readonly SourceChange[] };
// Errors are a part of every schedule, and nobody reads where they came from.
Error.stackTraceLimit = 0;
changeSources(changes);
const { runSchedules } = await import('./run-schedules.ts');
parentPort?.postMessage(await runSchedules(schedules));
