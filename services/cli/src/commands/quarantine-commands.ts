import { readFileSync } from 'node:fs';
import { QUARANTINE_REASONS } from '@bellwether/events';
import { OperatorError } from '@bellwether/runtime';
import type { Log } from '@bellwether/stream';
import { type Command, InvalidArgumentError } from 'commander';
import { filterOf, type QuarantineFlags } from './quarantine-filter.ts';
import { listQuarantine } from './quarantine-list.ts';
import { redriveQuarantined } from './quarantine-redrive.ts';
import { originalOf, showQuarantined } from './quarantine-show.ts';

/** Opens the log for one command and closes it afterwards, whatever happens; `data` is the folder that was named. */
export type WithLog = (data: string | undefined, work: (log: Log) => Promise<void>) => Promise<void>;

interface DataFlag {
  readonly data?: string;
}

/** Adds `quarantine list`, `show` and `redrive` (N15). */
export function registerQuarantineCommands(program: Command, withLog: WithLog): void {
  const quarantine = program
    .command('quarantine')
    .description('inputs that were wrong: list them, look at one, give them again (docs/quarantine.md)');
  filtered(quarantine.command('list').description('the newest entries, in a table'))
    .option('--limit <number>', 'how many', limit, 20)
    .action((flags: QuarantineFlags & DataFlag & { limit: number }) =>
      withLog(flags.data, async (log) => {
        process.stdout.write(await listQuarantine(log, filterOf(flags, Date.now()), flags.limit));
      }),
    );
  quarantine
    .command('show')
    .description('one entry with all its faults and its original')
    .argument('<id>', 'as `list` shows it')
    .option('--original', 'nothing but the original, as it came', false)
    .option('--data <folder>', 'data folder (default: bellwether-data)')
    .action((id: string, flags: DataFlag & { original: boolean }) =>
      withLog(flags.data, async (log) => {
        process.stdout.write(flags.original ? await originalOf(log, id) : await showQuarantined(log, id));
      }),
    );
  filtered(quarantine.command('redrive').description('give entries again, in their original event time'))
    .argument('[ids...]', 'as `list` shows them')
    .option('--again', 'also those that were given again before', false)
    .option('--with <file>', 'give the one that is named with this JSON instead of its original')
    .action((ids: string[], flags: QuarantineFlags & DataFlag & { again: boolean; with?: string }) =>
      withLog(flags.data, async (log) => {
        const corrected = flags.with === undefined ? {} : { corrected: textOf(flags.with) };
        const request = { ids, filter: filterOf(flags, Date.now()), again: flags.again, now: Date.now };
        process.stdout.write(await redriveQuarantined(log, { ...request, ...corrected }));
      }),
    );
}

function filtered(command: Command): Command {
  return command
    .option('--tenant <name>', 'of this tenant; @unknown where none could be made out')
    .option('--reason <reason>', `with this reason: ${QUARANTINE_REASONS.join(', ')}`)
    .option('--since <time>', 'quarantined since then: 90m, 24h, 7d, a date or an RFC 3339 time')
    .option('--data <folder>', 'data folder (default: bellwether-data)');
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new OperatorError(`${path} cannot be read.`, { cause });
  }
}

function limit(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1 to 99999.');
  return value;
}
