import { OperatorError } from '@bellwether/runtime';
import { planLocalServer } from '../local-servers.ts';
import { SERVER_KINDS } from '../server.ts';

/**
 * Why the real programs cannot be started in a test; undefined when they can. Tests do not fetch and build them: that
 * takes minutes, and is done before them (`npm test`, `npm run servers:start`).
 */
export async function whyNotHere(): Promise<string | undefined> {
  try {
    const plans = await Promise.all(SERVER_KINDS.map((kind) => planLocalServer(kind, process.env)));
    const absent = plans.filter(({ effort }) => effort !== undefined).map(({ name }) => name);
    if (absent.length === 0) return undefined;
    return `${absent.join(', ')} not fetched or built yet: \`npm run servers:start\` does it`;
  } catch (error) {
    if (error instanceof OperatorError) return error.message;
    throw error;
  }
}
