import type { TableRow } from './table-row.ts';

export const SORT_FIELDS = [
  'value',
  'health',
  'name',
  'notice',
  'complexity',
  'alerts',
  'churn',
  'rfm',
] as const;
export type SortField = (typeof SORT_FIELDS)[number];
export type RowOrder = 'asc' | 'desc';
type Value = string | number | null;

/** What a row is sorted by; null: unknown, which stands last in both directions. */
export const SORT_VALUES: Readonly<Record<SortField, (row: TableRow) => Value>> = {
  value: ({ row }) => row.valueMinor,
  health: ({ row }) => row.healthScore,
  name: ({ nameKey }) => nameKey,
  notice: ({ noticeDay }) => noticeDay,
  complexity: ({ row }) => row.complexity,
  alerts: ({ openAlerts }) => openAlerts,
  churn: ({ row }) => row.churnBasisPoints,
  rfm: ({ row }) => row.rfmHundredths,
};

/** The direction in which a column is looked at first: greatest value, worst health and risk, next date. */
export const USUAL_ORDER: Readonly<Record<SortField, RowOrder>> = {
  value: 'desc',
  health: 'asc',
  name: 'asc',
  notice: 'asc',
  complexity: 'desc',
  alerts: 'desc',
  churn: 'desc',
  rfm: 'desc',
};

/** Compares two values of an order; unknown ones stand last in both directions. */
function compareSorted(a: Value, b: Value, order: RowOrder): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b === (order === 'asc') ? -1 : 1;
}

function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The order of rows by a field; ties by id, so that every order is total and a cursor has one place in it. */
export function compareRows(field: SortField, order: RowOrder): (a: TableRow, b: TableRow) => number {
  const sortValue = SORT_VALUES[field];
  return (a, b) => compareSorted(sortValue(a), sortValue(b), order) || compareIds(a.customerId, b.customerId);
}

/** Index of the first row behind a place, in rows that are in that order. */
export function indexAfter(
  rows: readonly TableRow[],
  place: { readonly value: Value; readonly id: string },
  by: { readonly field: SortField; readonly order: RowOrder },
): number {
  const sortValue = SORT_VALUES[by.field];
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    const isBefore =
      row !== undefined &&
      (compareSorted(sortValue(row), place.value, by.order) || compareIds(row.customerId, place.id)) <= 0;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}
