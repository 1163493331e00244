import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Folder of the project. */
export const PROJECT_FOLDER = resolve(import.meta.dirname, '../../..');
const MAIN = 'services/cli/src/main.ts';
const WRAPPER = 'scripts/with-node.mjs';
const POLL_MS = 50;

/** How a process of the command ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of the `bellwether` command, begun the way `npm start` begins it. */
export interface BellwetherProcess {
  /** Everything it has said so far on both streams. */
  log(): string;
  readonly ended: Promise<Ending>;
  /** Resolves when its output matches. @throws Error with the output when it ends first or `withinMs` have passed */
  said(pattern: RegExp, withinMs: number): Promise<RegExpMatchArray>;
  /** Sends a signal to it (SIGTERM when none is named) and waits for its end. SIGKILL reaches its children too. */
  stop(signal?: NodeJS.Signals): Promise<Ending>;
}

/** A process that serves. */
export interface RunningBellwether extends BellwetherProcess {
  /** Address without a path. */
  readonly url: string;
  /** From the start of the process until `/readyz` answered 200. */
  readonly readySeconds: number;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) killGroup(child);
});

/** Runs the command with these arguments, through the same script as `npm start`. */
export function runBellwether(parameters: readonly string[]): BellwetherProcess {
  const child = spawn(process.execPath, [WRAPPER, MAIN, ...parameters], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a kill leaves no child behind.
    detached: true,
  });
  running.add(child);
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  let ending: Ending | undefined;
  const ended = once(child, 'close').then(([code, signal]): Ending => {
    running.delete(child);
    ending = { code, signal };
    return ending;
  });
  return {
    log: () => output,
    ended,
    said: async (pattern, withinMs) => {
      const deadlineMs = performance.now() + withinMs;
      while (true) {
        const match = output.match(pattern);
        if (match) return match;
        if (ending)
          throw new Error(`It ended with ${ending.code ?? ending.signal} before ${pattern}:\n${output}`);
        if (performance.now() > deadlineMs)
          throw new Error(`No ${pattern} within ${withinMs} ms:\n${output}`);
        await pause(POLL_MS);
      }
    },
    stop: async (signal = 'SIGTERM') => {
      if (signal === 'SIGKILL') killGroup(child);
      else if (!ending) child.kill(signal);
      return await ended;
    },
  };
}

/** Runs the command to its end. */
export async function finishBellwether(
  parameters: readonly string[],
): Promise<Ending & { readonly output: string }> {
  const process_ = runBellwether(parameters);
  const ending = await process_.ended;
  return { ...ending, output: process_.log() };
}

/**
 * `bellwether start` on a data folder and a free port, up to where `/readyz` answers 200.
 * @throws Error with the log when that takes longer than `withinMs`
 */
export async function startBellwether(options: {
  readonly data: string;
  readonly parameters?: readonly string[];
  readonly withinMs?: number;
}): Promise<RunningBellwether> {
  const { data, parameters = [], withinMs = 120_000 } = options;
  const startedMs = performance.now();
  const process_ = runBellwether(['start', '--data', data, '--port', '0', ...parameters]);
  const [, url = ''] = await process_.said(/Bellwether is at (http:\S+)/, withinMs);
  while ((await fetch(`${url}/readyz`)).status !== 200) {
    if (performance.now() - startedMs > withinMs) {
      await process_.stop('SIGKILL');
      throw new Error(`Not ready within ${withinMs} ms:\n${process_.log()}`);
    }
    await pause(POLL_MS);
  }
  return { ...process_, url, readySeconds: (performance.now() - startedMs) / 1000 };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: the group has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
