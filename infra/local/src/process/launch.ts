import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@bellwether/runtime';
import { isPortFree } from '../ports.ts';
import type { ServerPlace, ServerProgram } from '../server.ts';
import { answers } from './probes.ts';
import { waitUntil } from './wait.ts';

/** Long for what takes a few seconds: machines that run tests are busy. */
const START_TIMEOUT_MS = 90_000;
const SHOWN_LINES = 12;

/** Where a server writes what it has to say. */
export function logFileOf(program: Pick<ServerProgram, 'kind'>, place: ServerPlace): string {
  return join(place.folder, `${program.kind}.log`);
}

export interface LaunchOptions {
  /** Given the process as soon as there is one. */
  readonly onSpawn: (child: ChildProcess & { readonly pid: number }) => void;
  /** How long it may take until it answers. */
  readonly timeoutMs?: number;
}

/**
 * Starts a server in a session of its own, so that Ctrl-C in the terminal does not reach it, and resolves when it
 * answers. Fails with an `OperatorError` when a port is taken, or when it
 * ends or does not answer in time; the error holds the last lines of its log.
 */
export async function launch(
  program: ServerProgram,
  place: ServerPlace,
  { onSpawn, timeoutMs = START_TIMEOUT_MS }: LaunchOptions,
): Promise<void> {
  await refuseTakenPorts(program, place);
  mkdirSync(place.folder, { recursive: true });
  const command = await program.prepare(place);
  const log = openSync(logFileOf(program, place), 'a');
  const child = spawn(command.program, [...command.parameters], {
    cwd: command.workingFolder,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failure: string | undefined;
  child.once('error', (error) => {
    failure = error.message;
  });
  child.once('exit', (code, signal) => {
    failure = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
  });
  child.unref();
  if (hasId(child)) onSpawn(child);
  const isUp = await waitUntil(
    async () => failure !== undefined || (await answers(program.kind, program.url(place))),
    timeoutMs,
  );
  if (isUp && failure === undefined) return;
  child.kill('SIGKILL');
  throw new OperatorError(
    `${program.name} did not start: ${failure ?? `no answer in ${timeoutMs / 1000} s`}. ${lastWords(program, place)}`,
  );
}

function hasId(child: ChildProcess): child is ChildProcess & { readonly pid: number } {
  return child.pid !== undefined;
}

async function refuseTakenPorts(program: ServerProgram, place: ServerPlace): Promise<void> {
  for (const port of place.ports) {
    if (await isPortFree(port)) continue;
    throw new OperatorError(
      `${program.name} needs port ${port}, which another program uses: stop that program and try again.`,
    );
  }
}

function lastWords(program: ServerProgram, place: ServerPlace): string {
  const path = logFileOf(program, place);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return `It left nothing in ${path}.`;
  return `The end of ${path}:\n${lines
    .slice(-SHOWN_LINES)
    .map((line) => `  ${line}`)
    .join('\n')}`;
}
