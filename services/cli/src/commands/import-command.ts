import { importFile } from '@bellwether/ingest';
import { stopSignal } from '@bellwether/runtime';
import { openConfiguredRates } from '../config/open-configured-rates.ts';
import { readSettings } from '../config/read-settings.ts';
import { importPartsOf } from '../import-parts.ts';
import { createProgress } from '../progress.ts';
import { readMapFile } from '../read-map-file.ts';
import { showImport } from '../show-import.ts';
import { describeImport } from '../start/demo-tenants.ts';
import { waitUntilDrained } from '../start/wait-until-drained.ts';
import { withEngine } from './open-for-command.ts';

export interface ImportCommandOptions {
  readonly data: string;
  readonly map: string;
  readonly tenant: string;
  readonly until?: string;
  /** The tenant goes live afterwards; otherwise it stays frozen at the end of the data. */
  readonly live: boolean;
}

/** `bellwether import FILE`: appends the file's history and waits until every service has processed it. */
export async function importCommand(path: string, options: ImportCommandOptions): Promise<void> {
  const map = await readMapFile(options.map);
  let processed = 0;
  const onCommitted = ({ records }: { readonly records: readonly unknown[] }) => {
    processed += records.length;
  };
  const { settings } = readSettings(process.env);
  const rates = openConfiguredRates(settings, ({ message }) => console.error(message));
  const engineOptions = { onCommitted, ...(rates && { rates: rates.current }) };
  await withEngine(options.data, engineOptions, async (engine) => {
    const stop = new AbortController();
    void stopSignal().then(() => stop.abort());
    // Manifests and clocks are what the log says once everything in it was processed.
    await engine.drain();
    const reading = createProgress(`Importing ${path}`);
    const parts = importPartsOf(engine, {
      signal: stop.signal,
      onProgress: (come) => showImport(reading, come),
    });
    const until = options.until === undefined ? {} : { until: options.until };
    const clock = options.live ? 'live' : 'frozen';
    const result = await importFile({ path, map, tenant: options.tenant, clock, ...until }, parts);
    reading.finish(describeImport(options.tenant, result));
    const scoring = createProgress('Scoring');
    const loops = engine.run(stop.signal);
    await Promise.race([
      loops,
      waitUntilDrained({
        lag: engine.lag,
        processed: () => processed,
        signal: stop.signal,
        progress: scoring,
      }),
    ]);
    stop.abort();
    await loops;
    scoring.finish(`${options.tenant}: scored.`);
  });
  rates?.close();
}
