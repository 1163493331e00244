import { describe, expect, it, onTestFinished } from 'vitest';
import {
  backgroundStatus,
  type Site,
  startBackgroundServers,
  stopBackgroundServers,
} from './background-servers.ts';
import { findFreePorts } from './ports.ts';
import { whyNotHere } from './test-support/programs-here.ts';
import { temporaryFolder } from './test-support/temporary-folder.ts';

const reason = await whyNotHere();
if (reason !== undefined) process.stderr.write(`SKIPPED tests of servers in the background: ${reason}\n`);
const parts = { env: process.env, tell: () => undefined };

describe.skipIf(reason !== undefined)('servers in the background', { timeout: 120_000 }, () => {
  it('are started once, tell how they are, and are gone when stopped', async () => {
    const [first = 0, second = 0, third = 0, fourth = 0] = await findFreePorts(4);
    const site: Site = {
      folder: temporaryFolder(),
      ports: { kafka: [first, second], registry: [third], mongodb: [fourth] },
    };
    onTestFinished(async () => void (await stopBackgroundServers(site)));
    const states = async () => (await backgroundStatus(site)).map(({ state }) => state);
    expect(await states()).toEqual(['stopped', 'stopped', 'stopped']);

    const started = await startBackgroundServers(site, parts);
    expect(started.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
    expect(started[0]?.running).toMatchObject({ name: 'Kafka', version: '4.1.1', url: `127.0.0.1:${first}` });
    expect(await startBackgroundServers(site, parts)).toEqual(started);

    const pid = started[2]?.running?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    expect(await states()).toEqual(['ready', 'ready', 'silent']);
    expect(await stopBackgroundServers(site)).toHaveLength(3);
    expect(await states()).toEqual(['stopped', 'stopped', 'stopped']);
    expect(await stopBackgroundServers(site)).toEqual([]);
  });
});
