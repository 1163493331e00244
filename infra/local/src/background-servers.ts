import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@bellwether/runtime';
import { bringProgram } from './local-servers.ts';
import { DEFAULT_PORTS } from './ports.ts';
import { launch, logFileOf } from './process/launch.ts';
import { answers } from './process/probes.ts';
import { runsOn } from './process/process-identity.ts';
import { waitUntil } from './process/wait.ts';
import { SERVER_KINDS, type ServerKind, type ServerPlace, type ServerProgram, type Tell } from './server.ts';
import { PROJECT } from './tools/cache.ts';
import type { Environment } from './tools/find-program.ts';

/** Where servers of the background live: one folder each, with its data, log and pid file, and fixed ports. */
export interface Site {
  readonly folder: string;
  readonly ports: Readonly<Record<ServerKind, readonly number[]>>;
}

/** The one of `npm run servers:start`. The data stay from one start to the next. */
export const DEFAULT_SITE: Site = { folder: join(PROJECT, '.cache', 'servers-data'), ports: DEFAULT_PORTS };

/** How a server of the background is. */
export interface ServerStatus {
  readonly kind: ServerKind;
  /** `silent`: its process is there and does not answer. */
  readonly state: 'ready' | 'silent' | 'stopped';
  /** Of the one that runs; undefined when it is stopped. */
  readonly running?: PidFile;
}

/** What the pid file of a server says. */
export interface PidFile {
  readonly pid: number;
  readonly name: string;
  readonly version: string;
  readonly url: string;
}

const STOP_TIMEOUT_MS = 20_000;
const SILENCE_TIMEOUT_MS = 20_000;

/**
 * Starts those that do not run yet, in parallel, and leaves them running when this process ends. Fails with an
 * `OperatorError` when one cannot be started; the others go on running.
 */
export async function startBackgroundServers(
  site: Site,
  { env, tell }: { readonly env: Environment; readonly tell: Tell },
): Promise<readonly ServerStatus[]> {
  const outcomes = await Promise.allSettled(
    SERVER_KINDS.map(async (kind) => {
      const { state, running } = await statusOf(kind, site);
      if (state === 'ready') return;
      if (running !== undefined) return waitForVoice(kind, running);
      const program = await bringProgram(kind, env, tell);
      await launch(program, placeOf(kind, site), {
        onSpawn: ({ pid }) => writePidFile(program, { pid, site }),
      });
    }),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return backgroundStatus(site);
}

/** How all of them are. */
export function backgroundStatus(site: Site): Promise<readonly ServerStatus[]> {
  return Promise.all(SERVER_KINDS.map((kind) => statusOf(kind, site)));
}

/** Stops those that run, in order, and by force where that takes too long. Gives back the ones that it stopped. */
export async function stopBackgroundServers(site: Site): Promise<readonly PidFile[]> {
  const stopped = await Promise.all(
    SERVER_KINDS.map(async (kind) => {
      const running = readPidFile(kind, site);
      if (running === undefined) return [];
      const isGone = (): boolean => !runsOn(running.pid, placeOf(kind, site).folder);
      // One that is paused would never see the request.
      process.kill(running.pid, 'SIGCONT');
      process.kill(running.pid, 'SIGTERM');
      if (!(await waitUntil(isGone, STOP_TIMEOUT_MS))) {
        process.kill(running.pid, 'SIGKILL');
        await waitUntil(isGone, STOP_TIMEOUT_MS);
      }
      rmSync(pidFileOf(kind, site), { force: true });
      return [running];
    }),
  );
  return stopped.flat();
}

async function statusOf(kind: ServerKind, site: Site): Promise<ServerStatus> {
  const running = readPidFile(kind, site);
  if (running === undefined) return { kind, state: 'stopped' };
  return { kind, running, state: (await answers(kind, running.url)) ? 'ready' : 'silent' };
}

/** It may be about to start, from another terminal. */
async function waitForVoice(kind: ServerKind, running: PidFile): Promise<void> {
  if (await waitUntil(() => answers(kind, running.url), SILENCE_TIMEOUT_MS)) return;
  throw new OperatorError(
    `${running.name} runs (process ${running.pid}) but does not answer at ${running.url}: ` +
      '`npm run servers:stop` and start it again.',
  );
}

function placeOf(kind: ServerKind, site: Site): ServerPlace {
  return { folder: join(site.folder, kind), ports: site.ports[kind] };
}

/** Path of what a server wrote. */
export function logOf(kind: ServerKind, site: Site): string {
  return logFileOf({ kind }, placeOf(kind, site));
}

function pidFileOf(kind: ServerKind, site: Site): string {
  return join(placeOf(kind, site).folder, 'pid.json');
}

function writePidFile(
  program: ServerProgram,
  { pid, site }: { readonly pid: number; readonly site: Site },
): void {
  const place = placeOf(program.kind, site);
  const content: PidFile = { pid, name: program.name, version: program.version, url: program.url(place) };
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(pidFileOf(program.kind, site), `${JSON.stringify(content)}\n`);
}

/** Undefined when there is none, or when its process is gone. */
function readPidFile(kind: ServerKind, site: Site): PidFile | undefined {
  const path = pidFileOf(kind, site);
  if (!existsSync(path)) return undefined;
  const content = JSON.parse(readFileSync(path, 'utf8')) as PidFile;
  return runsOn(content.pid, placeOf(kind, site).folder) ? content : undefined;
}
