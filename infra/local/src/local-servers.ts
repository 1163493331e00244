import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from './ports.ts';
import { startBoundServer } from './process/bound-server.ts';
import { watchdog } from './process/watchdog.ts';
import { kafkaSupply } from './programs/kafka.ts';
import { mongoSupplies } from './programs/mongodb.ts';
import { registrySupply } from './programs/registry.ts';
import { bringBest, rankSupplies, type Supply, type Workshop } from './programs/supply.ts';
import type { ServerHandle, ServerKind, ServerProgram, Tell } from './server.ts';
import { cacheFolderOf } from './tools/cache.ts';
import type { Environment } from './tools/find-program.ts';

/** What would be started, as far as it can be told without fetching, building or starting anything. */
export interface PlannedServer {
  readonly kind: ServerKind;
  readonly name: string;
  readonly version: string;
  /** What has to be done first, as a sentence; undefined when the program is here. */
  readonly effort?: string;
}

/** Number of ports that a server of this kind listens on. */
export const PORTS_NEEDED: Readonly<Record<ServerKind, number>> = { kafka: 2, registry: 1, mongodb: 1 };

/** Says which program a server would be. Fails with an `OperatorError` that says what is missing on this machine. */
export async function planLocalServer(kind: ServerKind, env: Environment): Promise<PlannedServer> {
  const [{ supply, availability }] = await rankSupplies(suppliesOf(kind, workshopOf(env)));
  const planned = { kind, name: supply.name, version: await supply.version() };
  return availability.state === 'here' ? planned : { ...planned, effort: availability.effort };
}

/**
 * Makes the program of a server usable: fetches or builds it where that has not happened yet, which can take minutes
 * and is told. Fails with an `OperatorError` when no program can be had.
 */
export function bringProgram(kind: ServerKind, env: Environment, tell: Tell): Promise<ServerProgram> {
  return bringBest(suppliesOf(kind, workshopOf(env)), tell);
}

/**
 * Starts servers for one run, on free ports and new data, all at once. They end, and their data goes, when this process
 * ends, also when it is killed. Errors are `OperatorError`s; when one server fails, the others are stopped again.
 */
export async function startLocalServers<Kind extends ServerKind>(
  kinds: readonly Kind[],
  { env, tell }: { readonly env: Environment; readonly tell: Tell },
): Promise<Readonly<Record<Kind, ServerHandle>>> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-servers-'));
  watchdog.removeAtEnd(folder);
  const ports = [...(await findFreePorts(kinds.reduce((sum, kind) => sum + PORTS_NEEDED[kind], 0)))];
  const places = kinds.map((kind) => ({
    folder: join(folder, kind),
    ports: ports.splice(0, PORTS_NEEDED[kind]),
  }));
  const outcomes = await Promise.allSettled(
    kinds.map(async (kind, index) => {
      const program = await bringProgram(kind, env, tell);
      const server = await startBoundServer(program, places[index] ?? { folder, ports: [] });
      return [kind, server] as const;
    }),
  );
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return Object.fromEntries(started) as Record<Kind, ServerHandle>;
  await Promise.all(started.map(([, server]) => server.kill()));
  throw failed.reason;
}

function workshopOf(env: Environment): Workshop {
  return { env, cache: cacheFolderOf(env) };
}

function suppliesOf(kind: ServerKind, workshop: Workshop): readonly Supply[] {
  if (kind === 'kafka') return [kafkaSupply(workshop)];
  if (kind === 'registry') return [registrySupply(workshop)];
  return mongoSupplies(workshop);
}
