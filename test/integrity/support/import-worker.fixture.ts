import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { censusReader, importFile, readMap } from '@bellwether/ingest';
import { withEngine } from '../../../services/cli/src/commands/open-for-command.ts';
import { importPartsOf } from '../../../services/cli/src/import-parts.ts';
import { waitUntilDrained } from '../../../services/cli/src/start/wait-until-drained.ts';

/**
 * A process of its own that loads the CDNOW data as `start` does, all services at work while the file is appended, and
 * prints how many records it appended and how many went through in this life, until it is done or killed.
 */
const data = process.argv[2] ?? '';
const examples = join(import.meta.dirname, '..', '..', '..', 'examples', 'cdnow');
const map = readMap(readFileSync(join(examples, 'map.yaml'), 'utf8'));
if (!map.ok) throw new Error(JSON.stringify(map.faults));

let processed = 0;
let appended = 0;
const onCommitted = ({ records }: { readonly records: readonly unknown[] }) => {
  processed += records.length;
  process.stdout.write(`processed ${processed}\n`);
};
await withEngine(data, { onCommitted }, async (engine) => {
  const stop = new AbortController();
  const loops = engine.run(stop.signal);
  const file = { path: join(examples, 'CDNOW_sample.txt'), map, tenant: 'cdnow', clock: 'frozen' } as const;
  const parts = importPartsOf(engine, { awaitCensus: censusReader(engine.log, stop.signal) });
  const log: typeof parts.log = {
    read: (from, options) => engine.log.read(from, options),
    endOffset: (topic, partition) => engine.log.endOffset(topic, partition),
    append: async (records) => {
      await engine.log.append(records);
      appended += records.length;
      process.stdout.write(`appended ${appended}\n`);
    },
  };
  const result = await importFile(file, { ...parts, log });
  if (result.kind === 'refused' && result.code !== 'already-imported') throw new Error(result.message);
  await waitUntilDrained({ lag: engine.lag, processed: () => processed, signal: stop.signal });
  stop.abort();
  await loops;
});
process.stdout.write('done\n');
