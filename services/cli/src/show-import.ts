import type { ImportProgress } from '@bellwether/ingest';
import type { Progress } from './progress.ts';

/**
 * Shows how far an import has come: the percentage is of both its phases, by the bytes read and the events appended;
 * what is counted are rows, then records.
 */
export function showImport(progress: Progress, come: ImportProgress): void {
  const { phase, rowsRead, appended, percent, perSecond, leftS } = come;
  const counted =
    phase === 'reading' ? { count: rowsRead, unit: 'rows' } : { count: appended, unit: 'records' };
  progress.show({ ...counted, percent, perSecond, leftS });
}
