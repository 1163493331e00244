import { type CurrentRates, formatDay } from '@bellwether/events';
import type { Log } from '@bellwether/stream';
import type { Calendar } from '../tenants/calendar.ts';
import type { TenantDirectory } from '../tenants/tenant-directory.ts';
import { appendHistory } from './append-history.ts';
import type { BegunAs, ImportIdentity, ImportOptions } from './begin-import.ts';
import type { ManifestLookup } from './import-log.ts';
import { describeBadRow, ImportRefusal, type ImportResult, type ImportSummary } from './import-result.ts';
import type { createProgress, ImportProgress } from './progress.ts';
import type { IntakeCounts } from './row-intake.ts';
import type { RowSorter } from './row-sorter.ts';
import { type AwaitCensus, type HistoryPlan, historyRecords } from './write-history.ts';

/** What an importer works with. */
export interface ImportParts {
  readonly log: Pick<Log, 'append' | 'read' | 'endOffset'>;
  readonly manifests: ManifestLookup;
  readonly tenants: TenantDirectory;
  readonly calendar: Calendar;
  readonly rates: CurrentRates;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onProgress?: (progress: ImportProgress) => void;
  /**
   * Resolves when the services have room for another batch of history. Without it a year of history is appended at
   * once, and what other tenants send meanwhile waits behind it.
   */
  readonly room?: () => Promise<void>;
  /** Absent: nobody counts portfolios, so that scores that compare customers have nothing to go by. */
  readonly awaitCensus?: AwaitCensus;
  /** Stops between two batches; the import can be continued. */
  readonly signal?: AbortSignal;
  /** Folder for the temporary file that sorts; the system's unless told. */
  readonly workFolder?: string;
}

/** An import whose rows are in the sorter. */
export interface SortedImport {
  readonly options: ImportOptions;
  readonly identity: ImportIdentity;
  readonly begin: BegunAs;
  readonly sorter: RowSorter;
  readonly counts: IntakeCounts;
  readonly startedAt: number;
  readonly progress: ReturnType<typeof createProgress>;
}

/** Appends what was sorted, or what is left of it. @throws ImportRefusal when there is no good row at all */
export async function appendSorted(sorted: SortedImport, parts: ImportParts): Promise<ImportResult> {
  const { begin, sorter, counts, options } = sorted;
  const plan = planOf(sorted);
  const { importId } = begin;
  const known = { day: begin.base.day, feeds: begin.base.feeds, statuses: begin.base.statuses };
  parts.tenants.remember(options.tenant, {
    ...known,
    settings: begin.settings,
    revision: begin.base.revision + 1,
  });
  const total = sorter.counts().events;
  const { calendar, awaitCensus } = parts;
  const result = await appendHistory(
    parts.log,
    historyRecords(plan, { sorter, calendar, ...(awaitCensus ? { awaitCensus } : {}) }),
    {
      after: begin.begun?.lastOrdinal ?? 0,
      signal: parts.signal,
      room: parts.room,
      onAppended: ({ appended, events }) => {
        const { rowsRead, badRows } = counts;
        sorted.progress.report(
          'appending',
          { rowsRead, badRows, eventsSorted: total, appended },
          events / total,
        );
      },
    },
  );
  if (!result.complete) {
    const message = `Stopped after ${result.appended} records; the same command continues the import.`;
    return { kind: 'stopped', importId, appended: result.appended, message };
  }
  parts.tenants.remember(options.tenant, {
    ...known,
    settings: begin.finalSettings,
    day: plan.lastDay,
    revision: begin.base.revision + 2,
  });
  return { kind: 'done', importId, summary: summaryOf(sorted, plan, result.appended) };
}

function planOf({ options, identity, begin, sorter, counts, startedAt }: SortedImport): HistoryPlan {
  const { events, customers } = sorter.counts();
  if (events === 0)
    throw new ImportRefusal('nothing-to-import', nothing(identity.name, counts, options.until));
  const lastEventDay = Math.max(...sorter.days.keys());
  return {
    tenant: options.tenant,
    importId: begin.importId,
    fileName: identity.name,
    contentHash: identity.contentHash,
    mapVersion: identity.mapVersion,
    until: begin.until,
    settings: begin.settings,
    finalSettings: begin.finalSettings,
    base: begin.base,
    lastDay: Math.max(begin.until ?? lastEventDay, begin.base.day ?? lastEventDay),
    customers,
    startedAt,
  };
}

function nothing(
  name: string,
  { rowsRead, badRows, leftOut, firstBad }: IntakeCounts,
  until: string | undefined,
): string {
  if (rowsRead === 0) return `${name} has no rows; nothing was imported.`;
  if (leftOut > 0) return `${name} has no good row up to ${until}; nothing was imported.`;
  const first = firstBad ? ` The first: ${describeBadRow(firstBad)}.` : '';
  return `All ${badRows} rows of ${name} are wrong, so the map does not fit; nothing was imported.${first}`;
}

function summaryOf(
  { begin, sorter, counts }: SortedImport,
  plan: HistoryPlan,
  records: number,
): ImportSummary {
  return {
    rows: counts.rowsRead,
    events: counts.events,
    badRows: counts.badRows,
    leftOut: counts.leftOut,
    customers: plan.customers,
    firstDay: formatDay(Math.min(...sorter.days.keys())),
    lastDay: formatDay(plan.lastDay),
    records,
    continuedAfter: begin.begun?.lastOrdinal ?? 0,
    firstBadRow: counts.firstBad ? describeBadRow(counts.firstBad) : null,
  };
}
