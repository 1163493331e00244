import { createLogger } from '@bellwether/runtime';
import type { Log } from '@bellwether/stream';
import { openServersBackend } from '../backend/open-servers-backend.ts';
import { readSettings } from '../config/read-settings.ts';
import { withEngine } from './open-for-command.ts';

/** Opens the log that the settings name for one command, and closes it afterwards, whatever happens. */
export async function withLog(data: string | undefined, work: (log: Log) => Promise<void>): Promise<void> {
  const { settings } = readSettings(process.env);
  if (settings.backend === 'embedded') {
    await withEngine(data ?? settings.dataFolder, {}, (engine) => work(engine.log));
    return;
  }
  const logger = createLogger({ name: 'bellwether', level: settings.logLevel });
  const backend = await openServersBackend(settings, { services: [], logger });
  try {
    await work(backend.log);
  } finally {
    await backend.close();
  }
}
