import { join } from 'node:path';
import { createWaitingRelease } from '@bellwether/ingest';
import { createLogger, type Logger, listen } from '@bellwether/runtime';
import type { Backend } from '../backend/backend.ts';
import { openConfiguredRates } from '../config/open-configured-rates.ts';
import type { Settings } from '../config/settings.ts';
import { type CommittedBatch, createEngine, type Engine, type EngineOptions } from '../engine.ts';
import { describeTopologies, type Service } from '../topologies.ts';
import { buildBoard } from './build-board.ts';
import { Followers } from './follow-others.ts';
import { createServer, type Server } from './server.ts';
import { WorkHealth } from './work-health.ts';

const DEFAULT_PORT = 8080;
const TICK_MS = 5_000;

/** What a process is made of. */
export interface ProcessParts {
  readonly settings: Settings;
  readonly services: readonly Service[];
  readonly backend: Backend;
  readonly projectFolder: string;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

/** Services that are up, with their server. */
export interface StartedProcess {
  readonly engine: Engine;
  readonly url: string;
  /** Records that went through any topology of this process. */
  readonly processed: () => number;
  /** Rejects when a service fails for good; never resolves. */
  readonly failed: Promise<never>;
  readonly becomeReady: () => void;
  close(): Promise<void>;
}

/** Starts the loops and the server on a backend that is open; the board is built on the way. */
export async function startProcess(parts: ProcessParts): Promise<StartedProcess> {
  const { settings, services, backend, signal } = parts;
  const logger = createLogger({ name: 'bellwether', level: settings.logLevel });
  const health = new WorkHealth(() => performance.now());
  let processed = 0;
  let isPrepared = false;
  let server: Server | undefined;
  const rates = openConfiguredRates(settings, (refusal) =>
    logger.warn({ reason: refusal.message }, 'the exchange rates stay as they were'),
  );
  const engine = createEngine(backend, {
    services,
    ...(rates && { rates: rates.current }),
    ...reportTo({ health, logger, isShared: backend.kind === 'servers' }),
    onCommitted: (batch: CommittedBatch) => {
      processed += batch.records.length;
      server?.onCommitted(batch);
    },
  });
  const readiness = () => {
    const reasons = isPrepared ? health.reasons() : ['The data sets are still being loaded.'];
    return { ready: reasons.length === 0, reasons };
  };
  const board = services.includes('projection')
    ? { boardFolder: await buildBoard(join(parts.projectFolder, 'services/projection/board')) }
    : {};
  server = await createServer({ engine, services, readiness, logger, ...board, version: parts.version });
  const { app } = server;
  const port = await listen({
    bind: (place) => app.listen(place),
    host: settings.host,
    port: settings.port,
    defaultPort: DEFAULT_PORT,
    say: parts.say,
  });
  const loops = engine.run(signal);
  const following =
    backend.kind === 'servers' && services.includes('projection')
      ? followOthers(engine, server, {
          signal,
          onFailure: (error) => logger.warn({ err: error }, 'cannot follow'),
        })
      : Promise.resolve();
  const stopTicking = services.includes('ingest')
    ? keepTicking(engine, (reason) => logger.warn({ reason }, 'the clock could not tick'))
    : () => undefined;
  return {
    engine,
    url: `http://${settings.host === '127.0.0.1' ? 'localhost' : settings.host}:${port}`,
    processed: () => processed,
    failed: loops.then(() => new Promise<never>(() => undefined)),
    becomeReady: () => {
      isPrepared = true;
    },
    close: async () => {
      stopTicking();
      rates?.close();
      await server?.close();
      // A failure before the stop is told by `failed`; one while stopping must not keep the rest from closing.
      await following;
      await loops.catch((error: unknown) => logger.warn({ err: error }, 'a service ended with an error'));
      await engine.close();
    },
  };
}

/** Troubles go to the log of the process and to its readiness. */
function reportTo(parts: {
  readonly health: WorkHealth;
  readonly logger: Logger;
  readonly isShared: boolean;
}): Pick<EngineOptions, 'onRetry' | 'onStopped' | 'onRecovered'> {
  const { health, logger, isShared } = parts;
  const onRetry: EngineOptions['onRetry'] = (topology, partition, error) => {
    health.retrying(topology, partition, error);
    logger.warn({ topology, partition, reason: error.message }, 'taking over again');
  };
  const onRecovered: EngineOptions['onRecovered'] = (topology, partition) => {
    health.recovered(topology, partition);
  };
  if (!isShared) return { onRetry, onRecovered };
  return {
    onRetry,
    onRecovered,
    onStopped: (topology, partition, error) => {
      health.stopped(topology, partition, error);
      logger.error({ topology, partition, err: error }, 'a partition stopped');
    },
  };
}

/** The board shows what other processes project, too. */
function followOthers(
  engine: Engine,
  server: Server,
  { signal, onFailure }: { readonly signal: AbortSignal; readonly onFailure: (error: unknown) => void },
): Promise<void> {
  const topologies = describeTopologies()
    .filter(({ service }) => service === 'projection')
    .map(({ name, input, collection }) => ({
      input,
      collection,
      assigned: () => engine.runners.find((runner) => runner.name === name)?.assigned() ?? [],
    }));
  const { log, readModels } = engine;
  return new Followers({ topologies, log, readModels, onBatch: server.onFollowed }).run(signal, onFailure);
}

/** What an operator waits for. */
export function readySentence(url: string): string {
  return `Ready. Board: ${url}   API: ${url}/openapi.json`;
}

/** Tells the log that time goes on. */
export async function tick(engine: Pick<Engine, 'log'>): Promise<void> {
  await engine.log.append([{ topic: 'clock', key: 'tick', value: { kind: 'tick', at: Date.now() } }]);
}

/** Every few seconds the clock ticks, and what waited in quarantine for its tenant is given again (N15). */
function keepTicking(engine: Engine, onFailure: (reason: string) => void): () => void {
  const waiting = createWaitingRelease({ ...engine, now: Date.now });
  const tickOnce = (): void => {
    tick(engine)
      .then(() => waiting.release())
      .catch((error: unknown) => onFailure(error instanceof Error ? error.message : String(error)));
  };
  tickOnce();
  const ticks = setInterval(tickOnce, TICK_MS);
  return () => clearInterval(ticks);
}
