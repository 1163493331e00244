import { createLogger, OperatorError } from '@bellwether/runtime';
import { openServersBackend } from '../backend/open-servers-backend.ts';
import type { Settings } from '../config/settings.ts';
import { describeTopologies, SERVICES } from '../topologies.ts';

/**
 * `bellwether accept-log TOPIC`: a topic was made anew under the same name; the state that was built from the old one
 * is kept and goes on at the new one's beginning. Not while services run.
 */
export async function acceptLogCommand(topic: string, settings: Settings): Promise<void> {
  const readers = describeTopologies().filter(({ input }) => input === topic);
  if (readers.length === 0) {
    const topics = [...new Set(describeTopologies().map(({ input }) => input))].join(', ');
    throw new OperatorError(`Nothing reads the topic ${topic}; these are read: ${topics}.`);
  }
  if (settings.backend === 'embedded') {
    throw new OperatorError(
      'A data folder holds log and state in one file, so there is no other log to accept.',
    );
  }
  const logger = createLogger({ name: 'bellwether', level: settings.logLevel });
  const backend = await openServersBackend(settings, { services: SERVICES, logger });
  try {
    for (const topology of readers) {
      const moved = await topology.acceptLog(backend);
      process.stdout.write(`${topology.name}: ${moved} partition(s) go on at the beginning of ${topic}.\n`);
    }
  } finally {
    await backend.close();
  }
}
