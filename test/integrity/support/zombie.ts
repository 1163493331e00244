import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { News, Order, Point } from './stand-still.ts';

const WORKER = join(import.meta.dirname, 'zombie-worker.fixture.ts');
const TOLD_WITHIN_MS = 60_000;

/** A batch in the hands of a process that stands still. */
export interface StandingBatch {
  readonly partition: number;
  /** The offset after it. */
  readonly next: number;
}

/** What a zombie did with its batch when it went on. */
export type ZombieOutcome = Extract<News, { kind: 'saved' | 'published' }>;

/** A scorer of a cluster that can be stopped at an exact point. */
export interface Zombie {
  /** Resolves when it stands there and was stopped with SIGSTOP. */
  stopAt(point: Point): Promise<StandingBatch>;
  /** SIGCONT; resolves with what became of its batch. */
  goOn(): Promise<ZombieOutcome>;
  /** How often it was told so far that somebody else owns a partition. */
  timesFenced(): number;
  kill(): Promise<void>;
}

/** Starts one more scorer, on the servers and with the settings of a cluster. */
export async function startZombie(environment: Readonly<Record<string, string>>): Promise<Zombie> {
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-zombie-'));
  const child = fork(WORKER, {
    env: { PATH: process.env.PATH ?? '', ...environment, BELLWETHER_DATA_FOLDER: folder },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let fenced = 0;
  child.on('message', (news: News) => {
    if (news.kind === 'takes-over-again' && news.code === 'fenced') fenced += 1;
  });
  const say = (order: Order): void => void child.send(order);
  await newsOf(child, (news) => news.kind === 'ready');
  return {
    stopAt: async (point) => {
      const standing = newsOf(child, (news) => news.kind === 'stands');
      say({ standStillAt: point });
      const { partition, next } = await standing;
      child.kill('SIGSTOP');
      return { partition, next };
    },
    goOn: async () => {
      const outcome = newsOf(child, (news) => news.kind === 'saved' || news.kind === 'published');
      say('go on');
      child.kill('SIGCONT');
      return await outcome;
    },
    timesFenced: () => fenced,
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The next news of a kind. @throws Error when the process ends or says nothing of the kind in time */
function newsOf<Kind extends News>(child: ChildProcess, isIt: (news: News) => news is Kind): Promise<Kind> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      child.off('message', look).off('exit', ended);
    };
    const look = (news: News): void => {
      if (!isIt(news)) return;
      end();
      resolve(news);
    };
    const ended = (code: number | null): void => {
      end();
      reject(new Error(`The process ended with ${code}.`));
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error('The process did not come to the point where it is to stand still, or to its end.'));
    }, TOLD_WITHIN_MS);
    child.on('message', look).once('exit', ended);
  });
}
