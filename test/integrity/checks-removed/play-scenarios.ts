import { Worker } from 'node:worker_threads';
import type { SourceChange } from '../support/change-source.ts';

const WORKER = new URL('./scenario-worker.fixture.ts', import.meta.url);
const ENDS_WITHIN_MS = 120_000;

/**
 * Scenarios are kept together by what they are about: the store and a scripted server, the store on MongoDB; sessions,
 * appends and reading on Kafka; the loop on both.
 */
export type Family = 'script' | 'mongo' | 'session' | 'append' | 'reading' | 'loop';

/** Scenarios, and the changes to the adapters that they are played with. */
export interface Play {
  readonly family: Family;
  readonly scenarios: readonly string[];
  readonly changes: readonly SourceChange[];
}

/** What came of it. */
export interface PlayResult {
  /** Of each scenario in which a promise was broken, the first. */
  readonly broken: readonly string[];
  /** Files that were to be changed and were never loaded: then nothing was said about them. */
  readonly notLoaded: readonly string[];
}

/** @throws what goes wrong in a scenario but is no broken promise */
export async function playScenarios(play: Play): Promise<PlayResult> {
  const worker = new Worker(WORKER, { workerData: play });
  try {
    return await new Promise<PlayResult>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`The thread ended with ${code} before its scenarios.`)));
      const late = new Error(`Not at an end in time: ${play.scenarios.join(', ')}`);
      setTimeout(() => reject(late), ENDS_WITHIN_MS).unref();
    });
  } finally {
    await worker.terminate();
  }
}
