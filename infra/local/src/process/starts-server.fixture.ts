/** Starts a server that belongs to this process, says its process id and never ends by itself. */
import { findFreePorts } from '../ports.ts';
import { echoServer } from '../test-support/echo-server.ts';
import { startBoundServer } from './bound-server.ts';
import { watchdog } from './watchdog.ts';

const [folder = ''] = process.argv.slice(2);
watchdog.removeAtEnd(folder);
const server = await startBoundServer(echoServer(), { folder, ports: await findFreePorts(1) });
process.stdout.write(`${server.url}\n`);
setInterval(() => undefined, 1_000);
