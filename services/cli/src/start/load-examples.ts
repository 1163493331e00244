import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { censusReader, type ImportParts } from '@bellwether/ingest';
import { importPartsOf } from '../import-parts.ts';
import { createProgress } from '../progress.ts';
import { showImport } from '../show-import.ts';
import { describeImport, importDataSets } from './demo-tenants.ts';
import { publishLive } from './publish-live.ts';
import {
  importSimulatedYear,
  liveEventsOf,
  SIMULATED_TENANT,
  simulatedPortfolio,
} from './simulated-tenant.ts';
import { readySentence, type StartedProcess, tick } from './start-process.ts';
import { waitForRoom, waitUntilDrained } from './wait-until-drained.ts';

/** Where the examples go and what follows them. */
export interface ExampleParts {
  readonly started: StartedProcess;
  /** Data folder: it remembers how the simulated tenant was begun. */
  readonly folder: string;
  /** Go on publishing events for the simulated tenant. */
  readonly live: boolean;
  readonly projectFolder: string;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

/** Loads the real data sets and a simulated year, then goes on publishing the simulated tenant's life. */
export async function loadExamples(parts: ExampleParts): Promise<void> {
  const { started, folder, signal, say } = parts;
  const { url } = started;
  await loadDataSets(parts);
  started.becomeReady();
  say(readySentence(url));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const portfolio = await simulatedPortfolio(folder, Date.now());
  await loading(parts, 'Loading a simulated year', async (importParts) =>
    describeImport(SIMULATED_TENANT, await importSimulatedYear(portfolio, importParts)),
  );
  if (signal.aborted || !parts.live) return;
  say('The simulated tenant is live now.');
  const events = liveEventsOf(portfolio, Date.now());
  await publishLive({ url, tenant: SIMULATED_TENANT, events, now: Date.now, signal, onProblem: say });
}

async function loadDataSets(parts: ExampleParts): Promise<void> {
  await loading(parts, 'Loading the real data sets', async (importParts) => {
    const sentences: string[] = [];
    const examples = join(parts.projectFolder, 'examples');
    await importDataSets(examples, importParts, (sentence) => sentences.push(sentence));
    return sentences.join('\n');
  });
}

/**
 * Appends history no faster than the services take it, so that what sources send meanwhile is not held up, and waits
 * until every service has processed it.
 */
async function loading(
  { started: { engine, processed }, signal }: ExampleParts,
  title: string,
  append: (parts: ImportParts) => Promise<string>,
): Promise<void> {
  const progress = createProgress(title);
  const parts = importPartsOf(engine, {
    signal,
    room: () => waitForRoom(engine.lag, signal),
    awaitCensus: censusReader(engine.log, signal),
    onProgress: (come) => showImport(progress, come),
  });
  const sentence = await append(parts);
  await waitUntilDrained({ lag: engine.lag, processed, signal });
  // A tenant that is live from now on begins the present day at once, not with the next tick.
  await tick(engine);
  await waitUntilDrained({ lag: engine.lag, processed, signal });
  progress.finish(sentence);
}
