/**
 * Hosts the shared servers for the runner of all tests, whose tiers are processes of their own. Its first line of
 * output is JSON, a `HostReport`. When its input ends, as it does when the runner ends, it ends too, and the servers
 * with it. With `--prepare` programs that have to be fetched or built first are, before anything is reported.
 */
import { bringProgram } from '@bellwether/local-servers';
import { OperatorError } from '@bellwether/runtime';
import { planServers } from './acquire-servers.ts';
import { describeChoice } from './choose-backend.ts';
import { openTestHost } from './test-host.ts';

/** What the runner is told. */
export interface HostReport {
  /** Address for `BELLWETHER_TEST_CONTROL`. */
  readonly control: string;
  /** The servers, or the reason why there are none. */
  readonly description: string;
  readonly available: boolean;
}

const host = await openTestHost(process.env);
const plan = await describePlan();
process.stdout.write(`${JSON.stringify({ control: host.url, ...plan } satisfies HostReport)}\n`);
process.stdin.resume().once('end', () => process.exit(0));

async function describePlan(): Promise<Pick<HostReport, 'description' | 'available'>> {
  try {
    const toPrepare = process.argv.includes('--prepare') ? await planServers(process.env) : [];
    for (const { kind, backend, offer } of toPrepare) {
      if (backend.name !== 'local' || offer.effort === undefined) continue;
      await bringProgram(kind, process.env, (line) => process.stderr.write(`${line}\n`));
    }
    return { available: true, description: describeChoice(await planServers(process.env)) };
  } catch (error) {
    if (error instanceof OperatorError) return { available: false, description: error.message };
    throw error;
  }
}
