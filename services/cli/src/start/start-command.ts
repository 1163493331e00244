import { resolve } from 'node:path';
import { createLogger, OperatorError, stopSignal } from '@bellwether/runtime';
import type { Backend } from '../backend/backend.ts';
import { openEmbeddedBackend } from '../backend/open-embedded-backend.ts';
import { openServersBackend } from '../backend/open-servers-backend.ts';
import { claimDataFolder } from '../claim-data-folder.ts';
import type { Settings } from '../config/settings.ts';
import { SERVICES, type Service } from '../topologies.ts';
import { loadExamples } from './load-examples.ts';
import { readySentence, type StartedProcess, startProcess } from './start-process.ts';

export interface StartOptions {
  readonly settings: Settings;
  /** Services of this process; all four when none is named. */
  readonly services: readonly Service[];
  /** Load the example tenants; by default that is done where all of it runs in one process on a file. */
  readonly examples: boolean | undefined;
  /** Go on publishing events for the simulated tenant. */
  readonly live: boolean;
  readonly projectFolder: string;
  readonly version: string;
}

/** `bellwether start`: services on an embedded data folder or on servers, until a signal stops them. */
export async function start(options: StartOptions): Promise<void> {
  const { settings } = options;
  const services = options.services.length > 0 ? options.services : SERVICES;
  const isEmbedded = settings.backend === 'embedded';
  if (isEmbedded && services.length < SERVICES.length) {
    throw new OperatorError(
      'A data folder belongs to one process, so all four services run in it. To run them apart, use Kafka: ' +
        'BELLWETHER_BACKEND=kafka (README, "Running it for real").',
    );
  }
  const stop = new AbortController();
  const stopped = stopSignal().then((signal) => {
    say(`\n${signal}: stopping.`);
    stop.abort();
  });
  const folder = resolve(settings.dataFolder);
  const lock = isEmbedded ? claimDataFolder(folder) : undefined;
  try {
    const backend = await openBackend(settings, services);
    const started = await startProcess({ ...options, services, backend, signal: stop.signal, say });
    try {
      lock?.setAddress(started.url);
      say(`Bellwether is at ${started.url}`);
      const withExamples = options.examples ?? isEmbedded;
      const prepared = withExamples
        ? loadExamples({ ...options, folder, started, signal: stop.signal, say })
        : Promise.resolve(tellReady(started));
      await Promise.race([stopped, started.failed, prepared.then(() => stopped)]);
    } finally {
      stop.abort();
      await started.close();
    }
  } finally {
    lock?.release();
  }
}

async function openBackend(settings: Settings, services: readonly Service[]): Promise<Backend> {
  if (settings.backend === 'embedded') {
    const partitions = settings.partitions === 0 ? {} : { partitions: settings.partitions };
    return openEmbeddedBackend({ path: resolve(settings.dataFolder), ...partitions });
  }
  const logger = createLogger({ name: 'bellwether', level: settings.logLevel });
  return await openServersBackend(settings, { services, logger });
}

function tellReady({ becomeReady, url }: StartedProcess): void {
  becomeReady();
  say(readySentence(url));
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
