import { ownServersMissing, testServers } from '@bellwether/testkit/servers';

/**
 * Why a test could not have servers of its own that carry a load, with the way to get them; undefined when it could.
 * The MongoDB server in Python is right but writes a few hundred documents a second, so no load is put on it.
 */
export async function loadServersMissing(): Promise<string | undefined> {
  const missing = await ownServersMissing();
  if (missing !== undefined || testServers.missing !== undefined) return missing;
  if (testServers.mongodb().name !== 'secantusd-py') return undefined;
  return 'secantusd-py is too slow for load; install Rust (for secantusd-rs) or mongod.';
}
