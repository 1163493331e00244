import {
  type AcceptanceContext,
  acceptEvent,
  type CustomerEvent,
  type Fault,
  type QuarantineReason,
} from '@bellwether/events';
import type { CompiledMap } from '../map/compile-map.ts';
import { cellsOf } from './read-rows.ts';
import type { RowSorter } from './row-sorter.ts';
import { type BadRow, badRow, type SourceRow } from './source-row.ts';

export interface IntakeContext extends AcceptanceContext {
  readonly sorter: Pick<RowSorter, 'addEvent' | 'addBad'>;
  /** Last day (epoch day) that is wanted; null: all. */
  readonly until: number | null;
  readonly contentHash: string;
  /** Undefined where rows are CloudEvents already. */
  readonly map: CompiledMap | undefined;
  /** Columns in the order of the cells. */
  readonly header: readonly string[];
}

/** What became of the rows so far. */
export interface IntakeCounts {
  readonly rowsRead: number;
  readonly badRows: number;
  readonly events: number;
  /** Rows after `until`: not wanted, not wrong. */
  readonly leftOut: number;
  readonly firstBad: BadRow | undefined;
}

/** Takes rows in: each becomes events in the sorter, or one bad row with its faults; good as a whole or not at all. */
export function createIntake(context: IntakeContext): { take(row: SourceRow): void; counts(): IntakeCounts } {
  const { sorter, until } = context;
  const counts = { rowsRead: 0, badRows: 0, events: 0, leftOut: 0 };
  let firstBad: BadRow | undefined;

  function reject(row: BadRow): void {
    counts.badRows += 1;
    firstBad ??= row;
    sorter.addBad(row);
  }

  function take(row: SourceRow): void {
    counts.rowsRead += 1;
    if (row.kind === 'bad') {
      reject(row);
      return;
    }
    const found = eventsOf(row, context);
    if (!found.ok) {
      reject(badRow(row.row, row.original, found));
      return;
    }
    const wanted = found.events.filter((event) => until === null || event.day <= until);
    if (wanted.length === 0) counts.leftOut += 1;
    for (const event of wanted) sorter.addEvent(event, row.row);
    counts.events += wanted.length;
  }

  return { take, counts: () => ({ ...counts, firstBad }) };
}

type Found =
  | { readonly ok: true; readonly events: readonly CustomerEvent[] }
  | { readonly ok: false; readonly reason: QuarantineReason; readonly faults: readonly Fault[] };

function eventsOf(row: Exclude<SourceRow, BadRow>, context: IntakeContext): Found {
  const { map, header, contentHash } = context;
  if (!map) return accepted([row.kind === 'json' ? row.value : row.cells], context);
  const cells = row.kind === 'json' ? cellsOf(row.value, header) : row.cells;
  const mapped = map.apply(cells, `${contentHash.slice(0, 16)}:${row.row}`);
  return mapped.ok ? accepted(mapped.events, context) : { ...mapped, reason: 'row-invalid' };
}

function accepted(inputs: readonly unknown[], context: IntakeContext): Found {
  const events: CustomerEvent[] = [];
  for (const input of inputs) {
    const validation = acceptEvent(input, context);
    if (!validation.ok)
      return { ...validation, faults: validation.faults.map((fault) => named(fault, input, context)) };
    if (validation.event.time < 0) {
      const got = new Date(validation.event.time).toISOString();
      const faults = [{ path: '/time', expected: 'a time from 1970-01-01 on', got }];
      return { ok: false, reason: 'invalid-time', faults };
    }
    events.push(validation.event);
  }
  return { ok: true, events };
}

/** Names the columns behind a field of an event, so that a fault points into the file. */
function named(fault: Fault, input: unknown, { map }: IntakeContext): Fault {
  const field = /^\/data\/([^/]+)$/.exec(fault.path)?.[1];
  if (!map || field === undefined) return fault;
  const columns = map.columnsOf((input as { readonly type: string }).type, field);
  return columns.length === 0 ? fault : { ...fault, path: `${columns.join(', ')} (${fault.path})` };
}
