import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '@bellwether/runtime';
import type { EngineCommand } from './engine-command.ts';
import { cpuMsOf } from './process-cpu.ts';

/** Where an engine reads and writes, and what its groups, topics and state are called. */
export interface EnginePlace {
  readonly broker: string;
  readonly input: string;
  readonly output: string;
  readonly application: string;
}

const STOP_MS = 20_000;
const LINES_SHOWN = 12;

/** The processes of one engine in one run, with a folder of their own. */
export class EngineProcesses {
  readonly #name: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'peers-'));
  readonly #children: readonly ChildProcess[];

  constructor(command: EngineCommand, place: EnginePlace) {
    this.#name = command.name;
    this.#children = Array.from({ length: command.processes }, (_, index) =>
      this.#start(command, place, index),
    );
  }

  /** When the first record was processed, epoch ms; undefined before. */
  get firstMs(): number | undefined {
    const file = this.#firstFile;
    if (!existsSync(file)) return undefined;
    const times = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  get cpuMs(): number {
    return this.#children.reduce((sum, { pid }) => sum + (pid === undefined ? 0 : cpuMsOf(pid)), 0);
  }

  /** @throws OperatorError with the last lines of its log when one of the processes has ended */
  requireAlive(): void {
    const index = this.#children.findIndex((child) => child.exitCode !== null || child.signalCode !== null);
    if (index < 0) return;
    const end = readFileSync(this.#logFile(index), 'utf8').trim().split('\n').slice(-LINES_SHOWN).join('\n');
    throw new OperatorError(`${this.#name} ended before its work was done:\n${end}`);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.map(stopChild));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #firstFile(): string {
    return join(this.#folder, 'first');
  }

  #logFile(index: number): string {
    return join(this.#folder, `log-${index}`);
  }

  #start(command: EngineCommand, place: EnginePlace, index: number): ChildProcess {
    const state = join(this.#folder, `state-${index}`);
    mkdirSync(state);
    const log = openSync(this.#logFile(index), 'w');
    const child = spawn(command.program, command.parameters, {
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        ...command.environment,
        BROKER: place.broker,
        IN_TOPIC: place.input,
        OUT_TOPIC: place.output,
        APP_ID: place.application,
        STATE_DIR: state,
        FIRST_FILE: this.#firstFile,
      },
    });
    closeSync(log);
    return child;
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
