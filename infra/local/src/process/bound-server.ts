import type { ChildProcess } from 'node:child_process';
import type { ServerHandle, ServerPlace, ServerProgram } from '../server.ts';
import { launch } from './launch.ts';
import { waitUntil } from './wait.ts';
import { watchdog } from './watchdog.ts';

/** How long a server may take to end in order before it is killed. */
const STOP_TIMEOUT_MS = 15_000;
/** A process that was killed is gone when the system has taken its memory back. */
const KILL_TIMEOUT_MS = 30_000;

/**
 * Starts a server that ends with this process, however this process ends. Resolves when it answers; errors are those of
 * `launch`.
 */
export async function startBoundServer(program: ServerProgram, place: ServerPlace): Promise<ServerHandle> {
  const server = new BoundServer(program, place);
  await server.start();
  return server;
}

class BoundServer implements ServerHandle {
  readonly kind;
  readonly name;
  readonly version;
  readonly url: string;
  readonly #program: ServerProgram;
  readonly #place: ServerPlace;
  #process: (ChildProcess & { readonly pid: number }) | undefined;

  constructor(program: ServerProgram, place: ServerPlace) {
    this.kind = program.kind;
    this.name = program.name;
    this.version = program.version;
    this.url = program.url(place);
    this.#program = program;
    this.#place = place;
  }

  start(): Promise<void> {
    return launch(this.#program, this.#place, {
      onSpawn: (child) => {
        this.#process = child;
        watchdog.watch(child.pid);
        child.once('exit', () => {
          watchdog.forget(child.pid);
          if (this.#process === child) this.#process = undefined;
        });
      },
    });
  }

  async pause(): Promise<void> {
    this.#signal('SIGSTOP');
  }

  async resume(): Promise<void> {
    this.#signal('SIGCONT');
  }

  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.#gone(KILL_TIMEOUT_MS);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    // One that is paused would never see the request.
    this.#signal('SIGCONT');
    this.#signal('SIGTERM');
    if (!(await this.#gone(STOP_TIMEOUT_MS))) await this.kill();
  }

  processIds(): readonly number[] {
    return this.#process ? [this.#process.pid] : [];
  }

  #signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  #gone(timeoutMs: number): Promise<boolean> {
    return waitUntil(() => this.#process === undefined, timeoutMs);
  }
}
