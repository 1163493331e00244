import type { AddressInfo } from 'node:net';
import { DAY_MS } from '@bellwether/events';
import { createLogger } from '@bellwether/runtime';
import type { CommittedBatch } from '../../services/cli/src/engine.ts';
import { createServer, type Server } from '../../services/cli/src/start/server.ts';
import { openLoadedEngine } from './loaded-engine.ts';
import { createWorkload } from './workload.ts';

export interface LatencyOptions {
  readonly seed: number;
  readonly customers: number;
  /** Events of history before the live run. */
  readonly historyEvents: number;
  /** First instant of the present day, epoch ms. */
  readonly todayMs: number;
}

/** What the process under load saw. */
export interface LatencyResult {
  /** Id of an event and when its change was committed in projection: nanoseconds of the machine's monotonic clock. */
  readonly committed: readonly (readonly [eventId: string, atNs: bigint])[];
  /** Processor time of the whole process during the live run, microseconds. */
  readonly cpuUs: number;
}

/** The other side of the run, in another process: the source system. */
export interface SourceSide {
  /** Tells where the edge listens; resolves when everything was sent. */
  listening(port: number): Promise<void>;
}

const TICK_MS = 5_000;
const QUIET_POLL_MS = 50;

/** All four services live behind the HTTP edge, as `bellwether start` runs them, over customers with history. */
export async function runLatency(options: LatencyOptions, source: SourceSide): Promise<LatencyResult> {
  const committed = new Map<string, bigint>();
  let server: Server | undefined;
  const loaded = openLoadedEngine({
    onCommitted: (batch) => {
      if (server) noteChanges(committed, batch);
      server?.onCommitted(batch);
    },
  });
  const stop = new AbortController();
  try {
    const workload = createWorkload(options);
    await loaded.begin(Date.now());
    await loaded.append(workload.pilot());
    await loaded.drain();
    await loaded.tick(Date.now());
    await loaded.append(workload.history(options.historyEvents));
    await loaded.drain();
    const { engine } = loaded;
    const logger = createLogger({ name: 'bench', level: 'warn' });
    const readiness = () => ({ ready: true, reasons: [] });
    server = await createServer({ engine, readiness, logger, version: 'bench' });
    await server.app.listen({ host: '127.0.0.1', port: 0 });
    const loops = engine.run(stop.signal);
    const ticks = setInterval(() => void loaded.tick(Date.now()), TICK_MS);
    const before = process.cpuUsage();
    await Promise.race([source.listening((server.app.server.address() as AddressInfo).port), loops]);
    while ((await engine.lag()) > 0) await new Promise((resolve) => setTimeout(resolve, QUIET_POLL_MS));
    const { user, system } = process.cpuUsage(before);
    clearInterval(ticks);
    stop.abort();
    await loops;
    return { committed: [...committed], cpuUs: user + system };
  } finally {
    stop.abort();
    await server?.close();
    await loaded.close();
  }
}

function noteChanges(committed: Map<string, bigint>, batch: CommittedBatch): void {
  if (batch.topology !== 'projection-changes') return;
  const atNs = process.hrtime.bigint();
  for (const { value } of batch.records) {
    const { causedBy = [] } = value as { causedBy?: readonly string[] };
    for (const id of causedBy) if (!committed.has(id)) committed.set(id, atNs);
  }
}

/** The first instant of the present day, epoch ms, UTC. */
export function startOfToday(): number {
  return Math.floor(Date.now() / DAY_MS) * DAY_MS;
}
