import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './run-command.ts';

const HOST = join(ROOT, 'packages', 'testkit', 'src', 'servers', 'host-main.ts');

export interface TestServers {
  /** The servers and their versions, or the reason why there are none, with the way to get them. */
  readonly description: string;
  readonly available: boolean;
  /** For the tests; the servers start when the first test asks for them. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the servers. They end with this process in any case. */
  close(): void;
}

/**
 * Finds out which servers the tests of all tiers will share. With `prepare`, what has to be fetched or built first is,
 * which can take minutes once.
 */
export async function openTestServers({ prepare }: { readonly prepare: boolean }): Promise<TestServers> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', HOST, ...(prepare ? ['--prepare'] : [])],
    {
      cwd: ROOT,
      // A session of its own: Ctrl-C reaches it by the end of its input.
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const { control, description, available } = JSON.parse(line);
    child.unref();
    if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
    child.stdout.destroy();
    return {
      ...{ description, available, env: { BELLWETHER_TEST_CONTROL: control } },
      close: () => child.stdin.end(),
    };
  }
  throw new Error('The host of the test servers ended before it said anything.');
}
