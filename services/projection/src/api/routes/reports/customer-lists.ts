import { formatDay } from '@bellwether/events';
import type { FastifyInstance } from 'fastify';
import Type, { type Static, type TObject } from 'typebox';
import type { RowOrder, SortField } from '../../../read/row-order.ts';
import { indexAfter, SORT_VALUES } from '../../../read/row-order.ts';
import type { TableRow } from '../../../read/table-row.ts';
import { pointsOf } from '../../../steps/build-row.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { cutPage, sendList, wantedRows } from '../../list-answer.ts';
import { answers, format, paging, query, TenantParams } from '../../query.ts';
import { ComplexityRow, LtvRow, MsaOnlyRow, MultiAgreementRow } from '../../report-schemas/customer-lists.ts';
import type { RouteDeps } from '../../route-deps.ts';
import { page } from '../../schema-parts.ts';
import { addressOf, type Report, tags } from './report.ts';

const ReportQuery = query({ ...paging, ...format });
const MultiQuery = query({
  ...paging,
  ...format,
  active: Type.Optional(
    Type.Boolean({ description: 'true: only customers with two or more active agreements' }),
  ),
});
type Params = Static<typeof TenantParams>;
type Wanted = Static<typeof MultiQuery>;

interface CustomerList {
  readonly name: string;
  readonly summary: string;
  readonly item: TObject;
  readonly query: TObject;
  readonly by: { readonly field: SortField; readonly order: RowOrder };
  /** What a customer shows; undefined: the customer is not in the report. */
  readonly rowOf: (row: TableRow, wanted: Wanted) => Readonly<Record<string, unknown>> | undefined;
}

const byValue = { field: 'value', order: 'desc' } as const;

/** The named questions of S117 that are lists of customers. */
const LISTS: readonly CustomerList[] = [
  {
    name: 'multi-agreement',
    summary: 'Customers with two or more agreements that are not void, by value (S1)',
    item: MultiAgreementRow,
    query: MultiQuery,
    by: byValue,
    rowOf: ({ row, agreementTypes }, { active }): MultiAgreementRow | undefined => {
      if ((active ? row.activeAgreements : row.agreements) < 2) return undefined;
      const { customerId, name, agreements, activeAgreements, activeMinor, currency } = row;
      const types = [...agreementTypes];
      const totalMinor = row.contractedMinor;
      return { customerId, name, agreements, activeAgreements, types, totalMinor, activeMinor, currency };
    },
  },
  {
    name: 'ltv-ranking',
    summary: 'Customers by lifetime value, greatest first (S2)',
    item: LtvRow,
    query: ReportQuery,
    by: byValue,
    rowOf: ({ row, rank }): LtvRow => {
      const { customerId, name, valueMinor, contractedMinor, activeMinor, paidMinor, currency } = row;
      return { rank, customerId, name, valueMinor, contractedMinor, activeMinor, paidMinor, currency };
    },
  },
  {
    name: 'complexity',
    summary: 'Relationships by how complex they are to manage (S3)',
    item: ComplexityRow,
    query: ReportQuery,
    by: { field: 'complexity', order: 'desc' },
    rowOf: ({ row, complexityParts }): ComplexityRow | undefined => {
      if (row.complexity === null) return undefined;
      const part = (name: string) => pointsOf(complexityParts[name] ?? 0) ?? 0;
      return {
        customerId: row.customerId,
        name: row.name,
        complexity: row.complexity,
        band: row.complexityBand ?? 'low',
        types: part('types'),
        renewalDates: part('renewalDates'),
        paymentTerms: part('paymentTerms'),
        agreements: row.activeAgreements,
      };
    },
  },
  {
    name: 'msa-only',
    summary: 'Customers that hold only MSAs, with what to offer (S4)',
    item: MsaOnlyRow,
    query: ReportQuery,
    by: byValue,
    rowOf: ({ row, crossSell }): MsaOnlyRow | undefined => {
      if (!crossSell) return undefined;
      const { code, msas, recommended, text, sinceDay } = crossSell;
      const since = sinceDay === null ? null : formatDay(sinceDay);
      return { customerId: row.customerId, name: row.name, code, msas, since, recommended, text };
    },
  },
];

/** Questions that are answered by customers in the order of one column. */
export const CUSTOMER_LISTS: readonly Report[] = LISTS.map(
  (list) => (app: FastifyInstance, deps: RouteDeps) => registerList(app, deps, list),
);

function registerList(app: FastifyInstance, deps: RouteDeps, report: CustomerList): void {
  const { name, summary, item, by } = report;
  const schema = {
    tags,
    summary,
    params: TenantParams,
    querystring: report.query,
    response: answers(page(item)),
  };
  app.get<{ Params: Params; Querystring: Wanted }>(addressOf(name), { schema }, async (request, reply) => {
    const table = await deps.tables.of(await deps.tenantOf(request.params.tenant));
    const rows = table.inOrder(by.field, by.order);
    const limit = wantedRows(request.query);
    const found: { readonly row: TableRow; readonly item: Readonly<Record<string, unknown>> }[] = [];
    for (let index = startOf(rows, report, request.query); index < rows.length; index++) {
      const row = rows[index];
      const shown = row && report.rowOf(row, request.query);
      if (row && shown) found.push({ row, item: shown });
      if (found.length > limit) break;
    }
    const { items, next } = cutPage(found, limit, ({ row }) =>
      encodeCursor(name, { values: [SORT_VALUES[by.field](row)], id: row.customerId }),
    );
    return sendList(reply, request.query, {
      name,
      schema: item,
      items: items.map((one) => one.item),
      next,
    });
  });
}

function startOf(rows: readonly TableRow[], { name, by }: CustomerList, wanted: Wanted): number {
  if (wanted.cursor === undefined || wanted.format === 'csv') return 0;
  const place = decodeCursor(name, wanted.cursor, ['number']);
  return indexAfter(rows, { value: place.values[0] ?? null, id: place.id }, by);
}
