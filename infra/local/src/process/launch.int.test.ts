import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findFreePorts, isPortFree } from '../ports.ts';
import type { ServerPlace } from '../server.ts';
import { echoServer } from '../test-support/echo-server.ts';
import { temporaryFolder } from '../test-support/temporary-folder.ts';
import { startBoundServer } from './bound-server.ts';
import { launch } from './launch.ts';
import { answers } from './probes.ts';

const somewhere = async (): Promise<ServerPlace> => ({
  folder: temporaryFolder(),
  ports: await findFreePorts(1),
});
const onSpawn = (): void => undefined;

describe('a server that does not start', () => {
  it('because its port is taken, says which', async () => {
    const place = await somewhere();
    const other = createServer().listen(place.ports[0], '127.0.0.1');
    onTestFinished(() => void other.close());
    const launched = launch(echoServer(), place, { onSpawn });
    await expect(launched).rejects.toThrow(`Echo needs port ${place.ports[0]}, which another program uses`);
  });

  it('because it ends, shows the end of its log', async () => {
    const dying = echoServer(`console.error('the disk is full'); process.exit(4)`);
    const launched = launch(dying, await somewhere(), { onSpawn });
    await expect(launched).rejects.toThrow(/Echo did not start: it ended with code 4\. .*the disk is full/s);
  });

  it('because it never answers, is given up and killed', async () => {
    const place = await somewhere();
    const mute = echoServer(`console.log('busy'); setInterval(() => 0, 1000)`);
    let pid = 0;
    const launched = launch(mute, place, {
      timeoutMs: 500,
      onSpawn: (child) => {
        pid = child.pid;
      },
    });
    await expect(launched).rejects.toThrow(/Echo did not start: no answer in 0.5 s\. .*busy/s);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('because there is no such program, says so', async () => {
    const nowhere = {
      ...echoServer(),
      prepare: async () => ({ program: '/nowhere', parameters: [], workingFolder: '.' }),
    };
    await expect(launch(nowhere, await somewhere(), { onSpawn })).rejects.toThrow(
      /Echo did not start: .*ENOENT/,
    );
  });
});

describe('a server of a run', () => {
  it('is silent while paused, gone when killed and back at the same address', async () => {
    const place = await somewhere();
    const server = await startBoundServer(echoServer(), place);
    onTestFinished(() => server.kill());
    await server.pause();
    expect(await answers('registry', server.url)).toBe(false);
    await server.resume();
    expect(await answers('registry', server.url)).toBe(true);
    await server.kill();
    expect(await isPortFree(place.ports[0] ?? 0)).toBe(true);
    await server.restart();
    expect(await answers('registry', server.url)).toBe(true);
    await server.pause();
    await server.stop();
    expect(await isPortFree(place.ports[0] ?? 0)).toBe(true);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
