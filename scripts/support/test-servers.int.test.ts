import { expect, it, onTestFinished } from 'vitest';
import { openTestServers } from './test-servers.ts';

it('the servers of a test run are described before any of them is started', async () => {
  const servers = await openTestServers({ prepare: false });
  onTestFinished(() => servers.close());
  expect(servers.description.length).toBeGreaterThan(20);
  const { BELLWETHER_TEST_CONTROL: control = '' } = servers.env;
  expect((await fetch(control)).status).toBe(404);
  servers.close();
  await expect
    .poll(
      () =>
        fetch(control).then(
          () => 'open',
          () => 'closed',
        ),
      { timeout: 10_000 },
    )
    .toBe('closed');
});
