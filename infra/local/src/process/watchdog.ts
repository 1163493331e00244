import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

/** Ends servers and deletes their folders when this process ends, however it ends. */
export interface Watchdog {
  watch(processId: number): void;
  /** The process is gone; its number may soon belong to another one. */
  forget(processId: number): void;
  /** Deletes the folder when this process has ended. */
  removeAtEnd(folder: string): void;
}

let input: Writable | undefined;

/** The one of this process, started when it is first needed. */
export const watchdog: Watchdog = {
  watch: (processId) => tell(`watch ${processId}`),
  forget: (processId) => tell(`forget ${processId}`),
  removeAtEnd: (folder) => tell(`remove ${folder}`),
};

function tell(line: string): void {
  input ??= start();
  input.write(`${line}\n`);
}

function start(): Writable {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'watchdog-main.ts')], {
    // A session of its own: Ctrl-C in the terminal must not end it before what it watches.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  // Without it the servers still run and are still stopped in order; only the protection is gone.
  child.once('error', () => undefined);
  const { stdin } = child;
  stdin.on('error', () => undefined);
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return stdin;
}
