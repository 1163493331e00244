import type { QuarantineRecord } from '@bellwether/events';
import { newestQuarantined, type QuarantineFilter, redrivenTimes } from '@bellwether/ingest';
import type { Log } from '@bellwether/stream';

/** `bellwether quarantine list`: the newest entries that match, as a table. */
export async function listQuarantine(log: Log, filter: QuarantineFilter, limit: number): Promise<string> {
  const entries = await newestQuarantined(log, filter, limit);
  if (entries.length === 0) return 'Nothing of the kind is in quarantine.\n';
  const redriven = await redrivenTimes(log);
  const rows = entries.map((entry) => [
    shownTime(entry.receivedAt),
    entry.quarantineId,
    entry.tenant,
    entry.customerId ?? '-',
    entry.reason,
    redriven.has(entry.quarantineId) ? shownTime(redriven.get(entry.quarantineId) ?? 0) : '-',
    firstFault(entry),
  ]);
  const table = aligned([
    ['RECEIVED (UTC)', 'ID', 'TENANT', 'CUSTOMER', 'REASON', 'RE-DRIVEN', 'FAULT'],
    ...rows,
  ]);
  const more = entries.length === limit ? `The newest ${limit}; --limit shows more.\n` : '';
  return `${table}${more}`;
}

/** A time to the minute, UTC. */
export function shownTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

function firstFault({ faults: [fault, ...others] }: QuarantineRecord): string {
  if (fault === undefined) return '-';
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return `${fault.path}: expected ${fault.expected.slice(0, 60)}, got ${fault.got.slice(0, 40)}${more}`;
}

/** Columns as wide as their widest cell; nothing is put after the last one. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
