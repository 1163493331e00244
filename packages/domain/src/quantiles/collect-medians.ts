import type { QuantileRow, SegmentMedians } from './breakpoints.ts';

/** A median of fewer customers says more about one of them than about their segment (D14). */
const LEAST_COUNTED = 4;

/** Collects readings by segment and signal while rows are scanned; the order of the rows makes no difference. */
export function collectMedians(): {
  readonly add: (row: Pick<QuantileRow, 'segment' | 'signals'>) => void;
  readonly result: () => SegmentMedians;
} {
  const segments = new Map<string, Map<string, number[]>>();
  const columnsOf = (segment: string): Map<string, number[]> => {
    const known = segments.get(segment);
    if (known !== undefined) return known;
    const columns = new Map<string, number[]>();
    segments.set(segment, columns);
    return columns;
  };
  return {
    add: ({ segment, signals }) => {
      if (segment === null) return;
      const columns = columnsOf(segment);
      for (const [signal, reading] of Object.entries(signals)) {
        const column = columns.get(signal);
        if (column === undefined) columns.set(signal, [reading]);
        else column.push(reading);
      }
    },
    result: () => sortedEntries(segments, (columns) => sortedEntries(columns, medianOf)),
  };
}

/** An object with its keys in order, so that equal medians give equal JSON; keys without a value are left out. */
function sortedEntries<Item, Value>(
  items: ReadonlyMap<string, Item>,
  resultOf: (item: Item) => Value | undefined,
): { readonly [key: string]: Value } {
  const entries: [string, Value][] = [];
  for (const [key, item] of [...items].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const value = resultOf(item);
    if (value !== undefined) entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

/** The middle reading, or the mean of the middle two to two decimals. */
function medianOf(readings: readonly number[]): number | undefined {
  if (readings.length < LEAST_COUNTED) return undefined;
  const sorted = Float64Array.from(readings).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  if (sorted.length % 2 === 1) return upper;
  return Math.round(((sorted[half - 1] ?? 0) + upper) * 50) / 100 + 0;
}
