import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname } from 'node:path';

/** Folder of the project; every command runs there. */
export const ROOT = dirname(dirname(import.meta.dirname));

/**
 * Runs a JavaScript program with this Node, its output passed on; resolves with its exit code (128 + number for a
 * signal). When this process is told to stop, the program is told too and this process ends after it.
 */
export function runProgram(
  program: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...parameters], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    // One Ctrl-C arrives several times (from the terminal, npm and the launcher): listening goes on until the end.
    const stop = (signal: NodeJS.Signals): void => {
      child.once('exit', () => process.exit(128 + constants.signals[signal]));
      child.kill(signal);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve(signal ? 128 + constants.signals[signal] : (code ?? 1));
    });
  });
}
