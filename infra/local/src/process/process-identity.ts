import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The command line of a process, with spaces between its parts; empty when it is gone (or waits to be buried). */
export function commandLineOf(processId: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${processId}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(processId)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/**
 * Whether a process is the server that was started on a folder, and not another program that was given the same number
 * later: the command line of every server names its folder.
 */
export function runsOn(processId: number, folder: string): boolean {
  return commandLineOf(processId).includes(folder);
}
