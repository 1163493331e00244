import { join, resolve } from 'node:path';
import type { ImportParts } from '@bellwether/ingest';
import { createLogger, listen, stopSignal } from '@bellwether/runtime';
import { claimDataFolder } from '../claim-data-folder.ts';
import { type CommittedBatch, type Engine, openEngine } from '../engine.ts';
import { importPartsOf } from '../import-parts.ts';
import { createProgress } from '../progress.ts';
import { buildBoard } from './build-board.ts';
import { describeImport, importDataSets } from './demo-tenants.ts';
import { publishLive } from './publish-live.ts';
import { createServer, type Server } from './server.ts';
import {
  importSimulatedYear,
  liveEventsOf,
  SIMULATED_TENANT,
  simulatedPortfolio,
} from './simulated-tenant.ts';
import { waitForRoom, waitUntilDrained } from './wait-until-drained.ts';

export interface StartOptions {
  readonly data: string;
  readonly empty: boolean;
  readonly live: boolean;
  readonly host: string;
  readonly port: number | undefined;
  readonly projectFolder: string;
  readonly version: string;
}

const DEFAULT_PORT = 8080;
const TICK_MS = 5_000;

/** `bellwether start`: all four services on one data folder, until a signal stops them. */
export async function start(options: StartOptions): Promise<void> {
  const folder = resolve(options.data);
  const lock = claimDataFolder(folder);
  const stop = new AbortController();
  const stopped = stopSignal().then((signal) => {
    say(`\n${signal}: stopping.`);
    stop.abort();
  });
  const process_ = await open(options, folder, stop.signal);
  try {
    lock.setAddress(process_.url);
    say(`Bellwether is at ${process_.url}`);
    await Promise.race([stopped, process_.failed, prepare(process_, stop.signal).then(() => stopped)]);
  } finally {
    stop.abort();
    await process_.close();
    lock.release();
  }
}

interface StartedProcess {
  readonly options: StartOptions;
  readonly folder: string;
  readonly engine: Engine;
  readonly url: string;
  readonly processed: () => number;
  /** Rejects when a service fails for good; never resolves. */
  readonly failed: Promise<never>;
  readonly becomeReady: () => void;
  close(): Promise<void>;
}

/** Opens log and store, starts the loops and the server; the board is built on the way. */
async function open(options: StartOptions, folder: string, signal: AbortSignal): Promise<StartedProcess> {
  const logger = createLogger({ name: 'bellwether', level: 'warn' });
  let processed = 0;
  let ready = false;
  let server: Server | undefined;
  const onCommitted = (batch: CommittedBatch) => {
    processed += batch.records.length;
    server?.onCommitted(batch);
  };
  const onRetry = (topology: string, message: string) =>
    logger.warn({ topology, reason: message }, 'taking over again');
  const engine = openEngine({ path: folder, onCommitted, onRetry });
  const boardFolder = await buildBoard(join(options.projectFolder, 'services/projection/board'));
  const readiness = () => ({ ready, reasons: ready ? [] : ['The data sets are still being loaded.'] });
  server = await createServer({ engine, readiness, logger, boardFolder, version: options.version });
  const { app } = server;
  const port = await listen({
    bind: (place) => app.listen(place),
    host: options.host,
    port: options.port,
    defaultPort: DEFAULT_PORT,
    say,
  });
  const loops = engine.run(signal);
  const onTickFailure = (error: unknown) =>
    logger.warn(
      { reason: error instanceof Error ? error.message : String(error) },
      'the clock could not tick',
    );
  const ticks = setInterval(() => void tick(engine).catch(onTickFailure), TICK_MS);
  await tick(engine);
  return {
    options,
    folder,
    engine,
    url: `http://${options.host === '127.0.0.1' ? 'localhost' : options.host}:${port}`,
    processed: () => processed,
    failed: loops.then(() => new Promise<never>(() => undefined)),
    becomeReady: () => {
      ready = true;
    },
    close: async () => {
      clearInterval(ticks);
      await server?.close();
      // A failure before the stop is told by `failed`; one while stopping must not keep the rest from closing.
      await loops.catch((error: unknown) => logger.warn({ err: error }, 'a service ended with an error'));
      await engine.close();
    },
  };
}

/** Loads what the options ask for, then goes on publishing the simulated tenant's life. */
async function prepare(started: StartedProcess, signal: AbortSignal): Promise<void> {
  const { options, url } = started;
  if (!options.empty) await loadDataSets(started, signal);
  started.becomeReady();
  say(`Ready. Board: ${url}   API: ${url}/openapi.json`);
  if (options.empty) return;
  const portfolio = await simulatedPortfolio(started.folder, Date.now());
  await loading(started, { title: 'Loading a simulated year', signal }, async (parts) =>
    describeImport(SIMULATED_TENANT, await importSimulatedYear(portfolio, parts)),
  );
  if (signal.aborted || !options.live) return;
  say('The simulated tenant is live now.');
  const events = liveEventsOf(portfolio, Date.now());
  await publishLive({ url, tenant: SIMULATED_TENANT, events, now: Date.now, signal, onProblem: say });
}

async function loadDataSets(started: StartedProcess, signal: AbortSignal): Promise<void> {
  await loading(started, { title: 'Loading the real data sets', signal }, async (parts) => {
    const sentences: string[] = [];
    const examples = join(started.options.projectFolder, 'examples');
    await importDataSets(examples, parts, (sentence) => sentences.push(sentence));
    return sentences.join('\n');
  });
}

/**
 * Appends history no faster than the services take it, so that what sources send meanwhile is not held up, and waits
 * until every service has processed it.
 */
async function loading(
  { engine, processed }: StartedProcess,
  { title, signal }: { title: string; signal: AbortSignal },
  append: (parts: ImportParts) => Promise<string>,
): Promise<void> {
  const progress = createProgress(title);
  const parts = importPartsOf(engine, {
    signal,
    room: () => waitForRoom(engine.lag, signal),
    onProgress: ({ phase, appended, eventsSorted }) => {
      if (phase === 'appending') progress.update(Math.min(appended, eventsSorted), eventsSorted);
    },
  });
  const sentence = await append(parts);
  await waitUntilDrained({ lag: engine.lag, processed, signal });
  // A tenant that is live from now on begins the present day at once, not with the next tick.
  await tick(engine);
  await waitUntilDrained({ lag: engine.lag, processed, signal });
  progress.finish(sentence);
}

async function tick(engine: Engine): Promise<void> {
  await engine.log.append([{ topic: 'clock', key: 'tick', value: { kind: 'tick', at: Date.now() } }]);
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
