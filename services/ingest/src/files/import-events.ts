import { beginImport, type ImportIdentity, type ImportOptions } from './begin-import.ts';
import { refusable } from './import-file.ts';
import { appendSorted, type ImportParts } from './import-history.ts';
import { type ImportResult, stoppedWhileReading } from './import-result.ts';
import { createProgress } from './progress.ts';
import { createIntake } from './row-intake.ts';
import { openRowSorter } from './row-sorter.ts';

export interface EventsImport extends ImportOptions {
  /** What the events are called, and a hash that stands for them: the same hash must mean the same events. */
  readonly identity: ImportIdentity;
  /** CloudEvents, in any order. */
  readonly events: AsyncIterable<unknown> | Iterable<unknown>;
  /** How many there will be, about; for progress only. */
  readonly expectedEvents?: number;
}

const REPORT_EVERY_EVENTS = 1_000;

/** Imports CloudEvents that are ready (a simulation, another system) as the history of a tenant. */
export async function importEvents(request: EventsImport, parts: ImportParts): Promise<ImportResult> {
  return refusable(async () => {
    const { identity, tenant } = request;
    const begin = await beginImport(request, identity, parts);
    const startedAt = begin.begun?.startedAt ?? parts.now();
    const progress = createProgress(parts.onProgress, parts.now);
    const sorter = openRowSorter(parts.workFolder);
    try {
      const intake = createIntake({
        ...{ tenant, sorter, settings: begin.settings, until: begin.until, calendar: parts.calendar },
        contentHash: identity.contentHash,
        receivedAt: startedAt,
        historical: true,
        frozenDay: null,
        rates: parts.rates(),
        map: undefined,
        header: [],
      });
      let row = 0;
      for await (const event of request.events) {
        row += 1;
        intake.take({ kind: 'json', row, value: event, original: JSON.stringify(event) ?? '' });
        if (row % REPORT_EVERY_EVENTS !== 0) continue;
        const { rowsRead, badRows, events } = intake.counts();
        const done =
          request.expectedEvents === undefined ? undefined : Math.min(1, row / request.expectedEvents);
        progress.report('reading', { rowsRead, badRows, eventsSorted: events, appended: 0 }, done);
        if (parts.signal?.aborted) return stoppedWhileReading(begin.importId);
      }
      const counts = intake.counts();
      return await appendSorted(
        { options: request, identity, begin, sorter, counts, startedAt, progress },
        parts,
      );
    } finally {
      sorter.close();
    }
  });
}
