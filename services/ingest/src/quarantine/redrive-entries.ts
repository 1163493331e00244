import type { QuarantineRecord, RedriveRecord } from '@bellwether/events';
import type { Log, OutputRecord } from '@bellwether/stream';
import { redriveRecord } from './redrive-record.ts';

/** What giving entries again led to, by their ids. */
export interface RedriveResult {
  readonly redriven: readonly string[];
  readonly impossible: readonly { readonly quarantineId: string; readonly why: string }[];
}

/**
 * Gives entries again, in their order, and notes that beside them: resolves when the log has both. When it fails, some
 * may have been given again; those are duplicates the next time.
 */
export async function redriveEntries(
  entries: readonly QuarantineRecord[],
  {
    log,
    ...options
  }: { readonly log: Pick<Log, 'append'>; readonly at: number; readonly corrected?: string },
): Promise<RedriveResult> {
  const redriven: string[] = [];
  const impossible: { quarantineId: string; why: string }[] = [];
  const records: OutputRecord[] = [];
  const notes: OutputRecord[] = [];
  for (const entry of entries) {
    const { tenant, quarantineId } = entry;
    const redrive = redriveRecord(entry, options);
    if (redrive.kind === 'impossible') {
      impossible.push({ quarantineId, why: redrive.why });
      continue;
    }
    const note: RedriveRecord = { kind: 'redriven', tenant, quarantineId, at: options.at };
    records.push(redrive.record);
    notes.push({ topic: 'ingest-redrives', key: tenant, value: note });
    redriven.push(quarantineId);
  }
  if (records.length > 0) await log.append([...records, ...notes]);
  return { redriven, impossible };
}
