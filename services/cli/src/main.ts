import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OperatorError, runMain } from '@bellwether/runtime';
import { StreamError } from '@bellwether/stream';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { acceptLogCommand } from './commands/accept-log-command.ts';
import { evaluateCommand } from './commands/evaluate-command.ts';
import { importCommand } from './commands/import-command.ts';
import { registerModelsCommands } from './commands/models/models-commands.ts';
import { withLog } from './commands/open-log-for-command.ts';
import { registerQuarantineCommands } from './commands/quarantine-commands.ts';
import {
  type SimulateLiveOptions,
  type SimulateOptions,
  simulateCommand,
  simulateLiveCommand,
} from './commands/simulate-command.ts';
import { printSettings } from './config/print-settings.ts';
import { readSettings } from './config/read-settings.ts';
import { type StartOptions, start } from './start/start-command.ts';
import { SERVICES, type Service } from './topologies.ts';

const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
  version: string;
};

await runMain(async () => {
  const program = buildProgram();
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    // A disk that is full, a file that is damaged or another log: the operator's to mend, so one sentence and no stack.
    if (error instanceof StreamError && error.code !== 'step-failed')
      throw new OperatorError(error.message, { cause: error });
    if (!(error instanceof CommanderError)) throw error;
    // Commander has already said what was wrong with the command line.
    process.exitCode = error.exitCode;
  }
});

function buildProgram(): Command {
  const program = new Command('bellwether')
    .description('Customer scores from agreement and activity events, event by event, with reasons.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(bellwether --help tells more)');
  addStartCommand(program);
  program
    .command('config')
    .description('show every setting, its value and where it comes from')
    .action(() => {
      process.stdout.write(`${printSettings(readSettings(process.env))}\n`);
    });
  program
    .command('accept-log')
    .description('a topic was made anew: keep the state, go on at its beginning (services stopped)')
    .argument('<topic>', 'name of the topic, without the prefix')
    .action((topic: string) => acceptLogCommand(topic, readSettings(process.env).settings));
  addDataCommands(program);
  registerQuarantineCommands(program, withLog);
  registerModelsCommands(program);
  addSimulationCommands(program);
  return program;
}

interface StartFlags {
  readonly data?: string;
  readonly service: readonly Service[];
  readonly empty: boolean;
  readonly examples: boolean;
  readonly live: boolean;
  readonly host?: string;
  readonly port?: number;
}

function addStartCommand(program: Command): void {
  const service = new Option(
    '--service <name...>',
    'run only these services (on Kafka; all four by default)',
  );
  program
    .command('start')
    .description('run the services and serve the board: on a data folder, or on Kafka and MongoDB')
    .addOption(service.choices([...SERVICES]).default([], 'all'))
    .option('--data <folder>', 'data folder (default: bellwether-data)')
    .option('--empty', 'start without the example tenants', false)
    .option('--examples', 'load the example tenants on Kafka too', false)
    .option('--no-live', 'do not go on publishing events for the simulated tenant')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--port <number>', 'port to listen on (default: 8080, or the next free one)', port)
    .action((flags: StartFlags) => start(startOptionsOf(flags)));
}

function startOptionsOf(flags: StartFlags): StartOptions {
  const { settings } = readSettings(process.env);
  const host = flags.host ?? settings.host;
  if (!settings.trustedNetwork && !['127.0.0.1', 'localhost', '::1'].includes(host)) {
    throw new OperatorError(
      'Bellwether has no authentication yet, so it listens on 127.0.0.1 only: put a proxy that asks who is there in ' +
        'front, or set BELLWETHER_TRUSTED_NETWORK=true where everybody who reaches it may do everything.',
    );
  }
  return {
    settings: {
      ...settings,
      ...(flags.data === undefined ? {} : { dataFolder: flags.data }),
      host,
      ...(flags.port === undefined ? {} : { port: flags.port }),
    },
    services: flags.service,
    examples: flags.empty ? false : flags.examples ? true : undefined,
    live: flags.live,
    projectFolder,
    version,
  };
}

function addDataCommands(program: Command): void {
  program
    .command('import')
    .description('load a file of history (CSV, columns, JSONL) as a tenant')
    .argument('<file>', 'the file')
    .requiredOption('--map <file>', 'mapping file (docs/importing.md)')
    .requiredOption('--tenant <name>', 'tenant to load it into')
    .option('--until <date>', 'leave out what came after this day, YYYY-MM-DD')
    .option('--live', 'the tenant goes live afterwards instead of staying frozen', false)
    .option('--data <folder>', 'data folder', 'bellwether-data')
    .action(importCommand);
}

function addSimulationCommands(program: Command): void {
  program
    .command('simulate')
    .description('make up a portfolio with known truth: as a file, or live to a running server with --rate')
    .option('--seed <number>', 'the same seed gives the same portfolio', wholeNumber, 1)
    .option('--customers <number>', 'customers', wholeNumber, 150)
    .option('--days <number>', 'days of history, up to yesterday', wholeNumber, 365)
    .option('--out <file>', 'file of CloudEvents, one a line', 'simulated.jsonl')
    .option('--truth <file>', 'also write who drifts away, when and why')
    .option(
      '--rate <number>',
      'publish live at so many events a second instead of writing a file',
      wholeNumber,
    )
    .option('--url <url>', 'server to publish to', 'http://localhost:8080')
    .option('--tenant <name>', 'tenant to publish to', 'simulated-live')
    .action((options: SimulateOptions & Omit<SimulateLiveOptions, 'rate'> & { rate?: number }) =>
      options.rate === undefined
        ? simulateCommand(options)
        : simulateLiveCommand({ ...options, rate: options.rate }),
    );
  program
    .command('evaluate')
    .description(
      'at-risk alerts on a simulated portfolio against its known truth: precision, recall, lead time',
    )
    .option('--seed <number>', 'portfolio', wholeNumber, 1)
    .option('--customers <number>', 'customers', wholeNumber, 150)
    .option('--days <number>', 'days', wholeNumber, 365)
    .action(evaluateCommand);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < 1)
    throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  return value;
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  return value;
}
