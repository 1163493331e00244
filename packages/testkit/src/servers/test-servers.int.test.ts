import { answers } from '@bellwether/local-servers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ownServersMissing, startOwnServers, testServers } from './test-servers.ts';

describe.skipIf(testServers.missing !== undefined)('the servers that tests share', () => {
  it('answer, each in its own protocol', async () => {
    for (const server of [testServers.kafka(), testServers.registry(), testServers.mongodb()])
      expect([server.kind, await answers(server.kind, server.url)]).toEqual([server.kind, true]);
  });

  it('are told where they are to programs that a test starts', () => {
    expect(process.env.BELLWETHER_TEST_CONTROL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
  });
});

const missing = testServers.missing ?? (await ownServersMissing());
if (missing !== undefined) process.stderr.write(`SKIPPED tests of servers of one test: ${missing}\n`);

describe.skipIf(missing !== undefined)('servers of one test', { timeout: 120_000 }, () => {
  it('are others than those that tests share, and can be killed', async () => {
    const { mongodb, stopAll } = await startOwnServers(['mongodb']);
    onTestFinished(stopAll);
    expect(mongodb.url).not.toBe(testServers.mongodb().url);
    await mongodb.kill();
    expect(await answers('mongodb', mongodb.url)).toBe(false);
    expect(await answers('mongodb', testServers.mongodb().url)).toBe(true);
    await mongodb.restart();
    expect(await answers('mongodb', mongodb.url)).toBe(true);
    await stopAll();
    expect(await answers('mongodb', mongodb.url)).toBe(false);
  });
});
