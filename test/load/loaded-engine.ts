import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CustomerEvent,
  customerKey,
  DAY_MS,
  type TenantSettings,
  validateEvent,
} from '@bellwether/events';
import { type Engine, type EngineOptions, openEngine } from '../../services/cli/src/engine.ts';
import { describeTopologies, type Service } from '../../services/cli/src/topologies.ts';
import type { WorkloadEvent } from './workload.ts';

export const BENCH_TENANT = 'bench';
const SETTINGS: TenantSettings = { currency: 'USD', timeZone: 'UTC', synthetic: true, clock: 'live' };
const APPEND_EVENTS = 2_000;

/** An engine on disk, in a folder of its own that goes when it is closed. */
export interface LoadedEngine {
  readonly engine: Engine;
  /** Begins the tenant, live, on the day of this instant (epoch ms). */
  begin(atMs: number): Promise<void>;
  /** Time passes: the tenant's clock is told. */
  tick(atMs: number): Promise<void>;
  /** Puts events on `source-http` as the edge would; the number of events. */
  append(events: Iterable<WorkloadEvent>): Promise<number>;
  /** Processes everything there is. */
  drain(): Promise<Spent>;
  close(): Promise<void>;
}

/** What a drain took: microseconds of processor time (all threads), in all and by topology, and of wall time. */
export interface Spent {
  readonly cpuUs: number;
  readonly wallUs: number;
  readonly byTopology: Readonly<Record<string, number>>;
}

export const NOTHING_SPENT: Spent = { cpuUs: 0, wallUs: 0, byTopology: {} };

export function addSpent(one: Spent, other: Spent): Spent {
  const byTopology: Record<string, number> = { ...one.byTopology };
  for (const [name, us] of Object.entries(other.byTopology)) byTopology[name] = (byTopology[name] ?? 0) + us;
  return { cpuUs: one.cpuUs + other.cpuUs, wallUs: one.wallUs + other.wallUs, byTopology };
}

/** Microseconds of processor time by service. */
export function byService({ byTopology }: Spent): Readonly<Record<Service, number>> {
  const sums: Record<Service, number> = { ingest: 0, scoring: 0, alerting: 0, projection: 0 };
  for (const { name, service } of describeTopologies()) sums[service] += byTopology[name] ?? 0;
  return sums;
}

/** Opens all four services over a SQLite file, one partition, limits as they are by default. */
export function openLoadedEngine(options: Pick<EngineOptions, 'onCommitted'> = {}): LoadedEngine {
  const path = mkdtempSync(join(tmpdir(), 'bellwether-bench-'));
  const engine = openEngine({ path, ...options });
  const { log } = engine;
  return {
    engine,
    begin: (atMs) => {
      const value = {
        kind: 'tenant',
        tenant: BENCH_TENANT,
        settings: SETTINGS,
        day: null,
        feeds: {},
        at: atMs,
      };
      return log.append([{ topic: 'clock', key: BENCH_TENANT, value }]);
    },
    tick: (atMs) => log.append([{ topic: 'clock', key: 'tick', value: { kind: 'tick', at: atMs } }]),
    append: async (events) => {
      let count = 0;
      let group: ReturnType<typeof recordOf>[] = [];
      for (const event of events) {
        group.push(recordOf(event));
        count += 1;
        if (group.length < APPEND_EVENTS) continue;
        await log.append(group);
        group = [];
      }
      await log.append(group);
      return count;
    },
    drain: () => drain(engine),
    close: async () => {
      await engine.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** As `drain` of the stream package, with the processor time of each topology's turns noted. */
async function drain(engine: Engine): Promise<Spent> {
  const byTopology: Record<string, number> = {};
  const startMs = performance.now();
  const start = cpuUs();
  for (let records = 1; records > 0; ) {
    records = 0;
    for (const runner of engine.runners) {
      const before = cpuUs();
      records += await runner.turn();
      byTopology[runner.name] = (byTopology[runner.name] ?? 0) + cpuUs() - before;
    }
  }
  return { cpuUs: cpuUs() - start, wallUs: (performance.now() - startMs) * 1_000, byTopology };
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function recordOf({ event, receivedAt }: WorkloadEvent) {
  const dayOf = (timeMs: number) => Math.floor(timeMs / DAY_MS);
  const stamp = { tenant: BENCH_TENANT, receivedAt, historical: false, dayOf };
  const validation = validateEvent(event, stamp);
  if (!validation.ok)
    throw new Error(`the workload made a wrong event: ${JSON.stringify(validation.faults)}`);
  return received(validation.event);
}

function received(event: CustomerEvent) {
  return {
    topic: 'source-http',
    key: customerKey(event.tenant, event.customerId),
    value: { kind: 'received', event },
  };
}
