import { parentPort, workerData } from 'node:worker_threads';
import { changeSources } from '../support/change-source.ts';
import { BrokenPromise } from './broken-promise.ts';
import type { Play, PlayResult } from './play-scenarios.ts';

/** A thread of its own that plays scenarios, with adapters of its own, changed where a mutant wants it. */
const { family, scenarios, changes } = workerData as Play;
const notLoaded = changeSources(changes);
const { SCENARIOS } = (await import(`./${family}-scenarios.ts`)) as {
  SCENARIOS: Readonly<Record<string, () => Promise<void>>>;
};
const broken: string[] = [];
for (const name of scenarios) {
  const scenario = SCENARIOS[name];
  if (!scenario) throw new RangeError(`There is no scenario "${name}" of ${family}.`);
  try {
    await scenario();
  } catch (error) {
    if (!(error instanceof BrokenPromise)) throw error;
    broken.push(error.message);
  }
}
parentPort?.postMessage({ broken, notLoaded: notLoaded() } satisfies PlayResult);
