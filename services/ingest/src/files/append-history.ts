import type { ImportRecord } from '@bellwether/events';
import type { Log, OutputRecord } from '@bellwether/stream';
import { FLUSH } from './write-history.ts';

/** Records of one append: large enough for a disk, small enough to be stopped between two. */
const BATCH_RECORDS = 500;

export interface AppendOptions {
  /** Records up to here stand in the log already. */
  readonly after: number;
  readonly signal: AbortSignal | undefined;
  /** Awaited before each append. */
  readonly room: (() => Promise<void>) | undefined;
  readonly onAppended: (counts: { readonly appended: number; readonly events: number }) => void;
}

/** Appends an import's records in batches, one after the other; false when the signal stopped it. */
export async function appendHistory(
  log: Pick<Log, 'append'>,
  records: AsyncIterable<ImportRecord | typeof FLUSH>,
  options: AppendOptions,
): Promise<{ readonly complete: boolean; readonly appended: number }> {
  let batch: OutputRecord[] = [];
  let appended = 0;
  let events = 0;
  const flush = async () => {
    await options.room?.();
    if (batch.length > 0) await log.append(batch);
    batch = [];
    options.onAppended({ appended, events });
  };
  for await (const record of records) {
    if (record === FLUSH) {
      await flush();
      continue;
    }
    appended = record.ordinal;
    if (record.kind === 'import-row') events += 1;
    if (record.ordinal <= options.after) continue;
    batch.push({ topic: 'source-import', key: record.importId, value: record });
    if (batch.length < BATCH_RECORDS) continue;
    await flush();
    if (options.signal?.aborted) return { complete: false, appended };
  }
  if (options.signal?.aborted) return { complete: false, appended };
  await flush();
  return { complete: true, appended };
}
