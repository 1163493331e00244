/**
 * `npm run servers:start|status|stop`; `prepare`, which fetches and builds what is missing and starts nothing; and
 * `system` (`npm run start:servers`), which runs all four services on the servers.
 */
import { relative } from 'node:path';
import { OperatorError, runMain } from '@bellwether/runtime';
import {
  backgroundStatus,
  DEFAULT_SITE,
  logOf,
  type ServerStatus,
  startBackgroundServers,
  stopBackgroundServers,
} from './background-servers.ts';
import { bringProgram } from './local-servers.ts';
import { runSystem } from './run-system.ts';
import { SERVER_KINDS, type Tell } from './server.ts';

const tell: Tell = (line) => process.stdout.write(`${line}\n`);

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  start,
  status,
  stop,
  prepare,
  system,
};

await runMain(async () => {
  const [name = '', ...others] = process.argv.slice(2);
  const command = others.length === 0 && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined)
    throw new OperatorError(`Say one of ${Object.keys(COMMANDS).join(', ')}.`, { exitCode: 2 });
  await command();
});

async function start(): Promise<void> {
  tell('Starting Kafka, the schema registry and a MongoDB server…');
  describe(await startBackgroundServers(DEFAULT_SITE, { env: process.env, tell }));
}

async function system(): Promise<void> {
  await start();
  process.exitCode = await runSystem(await backgroundStatus(DEFAULT_SITE), process.env);
  tell('The servers go on; `npm run servers:stop` stops them.');
}

/** Ends with 3 unless all are ready. */
async function status(): Promise<void> {
  const statuses = await backgroundStatus(DEFAULT_SITE);
  describe(statuses);
  if (statuses.some(({ state }) => state !== 'ready')) process.exitCode = 3;
}

async function stop(): Promise<void> {
  const stopped = await stopBackgroundServers(DEFAULT_SITE);
  if (stopped.length === 0) tell('No server was running.');
  else
    tell(
      `Stopped ${stopped.map(({ name }) => name).join(', ')}. Their data stay in ${relative('', DEFAULT_SITE.folder)}.`,
    );
}

async function prepare(): Promise<void> {
  const programs = await Promise.all(SERVER_KINDS.map((kind) => bringProgram(kind, process.env, tell)));
  tell(`Ready to start: ${programs.map(({ name, version }) => `${name} ${version}`).join(', ')}.`);
}

function describe(statuses: readonly ServerStatus[]): void {
  for (const { kind, state, running } of statuses) {
    const facts = running
      ? [
          `${running.name} ${running.version}`,
          running.url,
          `process ${running.pid}`,
          `log ${relative('', logOf(kind, DEFAULT_SITE))}`,
        ]
      : [];
    tell([kind.padEnd(8), state.padEnd(7), ...facts].join('  ').trimEnd());
  }
}
