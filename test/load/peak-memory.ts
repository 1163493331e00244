import { existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

/**
 * Most memory that this process has held so far, MiB. Where Linux tells it for this program alone, that is taken:
 * `maxRSS` may begin with that of the process that started this one.
 */
export function peakMiB(): number {
  const told = existsSync(STATUS)
    ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8'))?.[1]
    : undefined;
  return Math.round(Number(told ?? process.resourceUsage().maxRSS) / 1_024);
}
