import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder.ts';
import { answers } from './probes.ts';

const FIXTURE = join(import.meta.dirname, 'starts-server.fixture.ts');

async function startRun(folder: string): Promise<{ readonly run: ChildProcess; readonly url: string }> {
  const run = spawn(process.execPath, [FIXTURE, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void run.kill('SIGKILL'));
  const [url] = (await once(createInterface({ input: run.stdout }), 'line')) as [string];
  return { run, url };
}

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'servers and their data end with a run that is ended by %s',
  async (signal) => {
    const folder = join(temporaryFolder(), 'data of a run');
    const { run, url } = await startRun(folder);
    expect(await answers('registry', url)).toBe(true);
    run.kill(signal);
    await expect.poll(() => answers('registry', url), { timeout: 10_000 }).toBe(false);
    await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false);
  },
);
