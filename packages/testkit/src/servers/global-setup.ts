import { openTestHost } from './test-host.ts';

/**
 * Before the integration and end-to-end tests: makes servers available to those that ask for them, unless the run has
 * done so already. The address is in the environment, so that programs started by tests have it too.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.BELLWETHER_TEST_CONTROL !== undefined) return undefined;
  const host = await openTestHost(process.env);
  process.env.BELLWETHER_TEST_CONTROL = host.url;
  return async () => {
    delete process.env.BELLWETHER_TEST_CONTROL;
    await host.close();
  };
}
