import { UNKNOWN, VALUE_TIERS } from '@bellwether/domain';
import Type, { type Static } from 'typebox';
import { CHURN_BANDS, HEALTH_BANDS, RFM_SEGMENTS, SEGMENTS } from '../../class-names.ts';
import { type CustomerTable, customerRow } from '../../read/customer-table.ts';
import { indexAfter, SORT_FIELDS, SORT_VALUES, USUAL_ORDER } from '../../read/row-order.ts';
import type { TableRow } from '../../read/table-row.ts';
import { foldText } from '../../steps/build-row.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { cutPage, wantedRows } from '../list-answer.ts';
import { choice, format, paging, query } from '../query.ts';
import type { CustomerRow } from '../schemas.ts';

/** A class to look for; `unknown` finds the customers of whom it is not known (D20). */
function classFilter<const Names extends readonly string[]>(names: Names, what: string) {
  return Type.Optional(choice([...names, UNKNOWN], `${what}; unknown: not known of the customer`));
}

export const CustomersQuery = query({
  ...paging,
  ...format,
  sort: Type.Optional(choice(SORT_FIELDS, '`value` if not given')),
  order: Type.Optional(
    choice(['asc', 'desc'], 'the usual one of the column if not given; unknown values stand last'),
  ),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'part of the name or the id' })),
  band: Type.Optional(choice(HEALTH_BANDS, 'health band')),
  atRisk: Type.Optional(Type.Boolean({ description: 'whether the at-risk situation is on' })),
  msaOnly: Type.Optional(Type.Boolean({ description: 'whether the customer holds only MSAs' })),
  owner: Type.Optional(Type.String({ maxLength: 200 })),
  segment: classFilter(SEGMENTS, 'segment (D4)'),
  valueTier: classFilter(VALUE_TIERS, 'value tier (S23, D4)'),
  churnBand: classFilter(CHURN_BANDS, 'churn band (D8)'),
  rfmSegment: classFilter(RFM_SEGMENTS, 'named segment of RFM (S87)'),
});
export type CustomersQuery = Static<typeof CustomersQuery>;

/** A page of customers, sorted and filtered. @throws ProblemError 400 for a cursor of another list or order */
export function listCustomers(
  table: CustomerTable,
  wanted: CustomersQuery,
): { readonly items: readonly CustomerRow[]; readonly next: string | null } {
  const field = wanted.sort ?? 'value';
  const order = wanted.order ?? USUAL_ORDER[field];
  const list = `customers ${field} ${order}`;
  const limit = wantedRows(wanted);
  const rows = table.inOrder(field, order);
  const isPage = wanted.cursor !== undefined && wanted.format !== 'csv';
  const start = isPage ? startOf(rows, { list, field, order, cursor: wanted.cursor ?? '' }) : 0;
  const matches = matcherOf(wanted);
  const found: TableRow[] = [];
  for (let index = start; index < rows.length && found.length <= limit; index++) {
    const row = rows[index];
    if (row && matches(row)) found.push(row);
  }
  const { items, next } = cutPage(found, limit, (last) =>
    encodeCursor(list, { values: [SORT_VALUES[field](last)], id: last.customerId }),
  );
  return { items: items.map(customerRow), next };
}

type Field = NonNullable<CustomersQuery['sort']>;
type Order = NonNullable<CustomersQuery['order']>;

function startOf(
  rows: readonly TableRow[],
  by: { readonly list: string; readonly field: Field; readonly order: Order; readonly cursor: string },
): number {
  const place = decodeCursor(by.list, by.cursor, [by.field === 'name' ? 'string' : 'number?']);
  return indexAfter(rows, { value: place.values[0] ?? null, id: place.id }, by);
}

const CLASS_FILTERS = ['segment', 'valueTier', 'churnBand', 'rfmSegment'] as const;

/** User text is only ever compared as text. */
function matcherOf(wanted: CustomersQuery): (row: TableRow) => boolean {
  const { q, band, atRisk, msaOnly, owner } = wanted;
  const classes = CLASS_FILTERS.flatMap((name) => {
    const value = wanted[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const text = q === undefined ? '' : foldText(q.trim());
  return ({ row, searchKey }) =>
    (text === '' || searchKey.includes(text)) &&
    (band === undefined || row.healthBand === band) &&
    (atRisk === undefined || row.atRisk === atRisk) &&
    (msaOnly === undefined || row.msaOnly === msaOnly) &&
    (owner === undefined || row.owner === owner) &&
    classes.every(([name, value]) => (row[name] ?? UNKNOWN) === value);
}
