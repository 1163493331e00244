import { useRef } from 'preact/hooks';
import type { CustomerRow } from '../../../../src/api/schemas.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { useMedia, useRowWindow } from '../../lib/window-rows.ts';
import { CustomerCells } from './customer-cells.tsx';
import type { ListQuery } from './use-customer-rows.ts';

/** What the list can be sorted by, as the API names it. */
export const SORT_COLUMNS = ['value', 'health', 'name', 'notice', 'complexity', 'alerts'] as const;

const ROW_PX = 40;
const NARROW_ROW_PX = 64;

interface Head {
  readonly name: string;
  readonly sort?: (typeof SORT_COLUMNS)[number];
  readonly numeric?: boolean;
  readonly class: string;
}

function headsOf(currency: string): Head[] {
  return [
    { name: 'Customer', sort: 'name', class: 'c-name' },
    { name: `Value, ${currency}`, sort: 'value', numeric: true, class: 'c-value' },
    { name: `Active, ${currency}`, numeric: true, class: 'c-active' },
    { name: 'Health', sort: 'health', numeric: true, class: 'c-score' },
    { name: 'Band', class: 'c-band' },
    { name: '90 days', class: 'c-spark' },
    { name: 'Complexity', sort: 'complexity', numeric: true, class: 'c-complexity' },
    { name: 'Decide by', sort: 'notice', numeric: true, class: 'c-notice' },
    { name: 'Owner', class: 'c-owner' },
    { name: 'Alerts', sort: 'alerts', numeric: true, class: 'c-alerts' },
  ];
}

function HeadCell(props: {
  readonly head: Head;
  readonly query: ListQuery;
  readonly sortBy: (sort: string) => void;
}) {
  const { head, query } = props;
  const sorted = head.sort !== undefined && head.sort === query.sort;
  const order = query.order === 'asc' ? 'ascending' : 'descending';
  return (
    <th
      scope="col"
      class={`${head.class} ${head.numeric ? 'number' : ''}`}
      aria-sort={head.sort === undefined ? undefined : sorted ? order : 'none'}
    >
      {head.sort === undefined ? (
        head.name
      ) : (
        <button type="button" class="sort" onClick={() => props.sortBy(head.sort ?? '')}>
          {head.name}
          <span aria-hidden="true" class="sort-arrow">
            {sorted ? (query.order === 'asc' ? '↑' : '↓') : ''}
          </span>
        </button>
      )}
    </th>
  );
}

/** Sorting where there are no column heads (narrow screens). */
function NarrowSort(props: { readonly query: ListQuery; readonly sortBy: (sort: string) => void }) {
  const words = {
    value: 'Value',
    health: 'Health',
    name: 'Name',
    notice: 'Decide by',
    complexity: 'Complexity',
    alerts: 'Alerts',
  };
  return (
    <div class="narrow-sort">
      <label class="select">
        <span class="sr">Sort by</span>
        <select value={props.query.sort} onChange={(event) => props.sortBy(event.currentTarget.value)}>
          {SORT_COLUMNS.map((sort) => (
            <option key={sort} value={sort}>
              By {words[sort].toLowerCase()}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="button" onClick={() => props.sortBy(props.query.sort)}>
        <span aria-hidden="true">{props.query.order === 'asc' ? '↑' : '↓'}</span>
        <span class="sr">{props.query.order === 'asc' ? 'ascending' : 'descending'}, change</span>
      </button>
    </div>
  );
}

/** The room of rows that are not drawn. */
function Spacer(props: { readonly heightPx: number }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row without tabindex cannot be focused
  return <tr aria-hidden="true" class="spacer" style={{ height: `${props.heightPx}px` }} />;
}

/** The dense table: only the rows near the screen are drawn, so that fifty thousand scroll like fifty. */
export function CustomersTable(props: {
  readonly rows: readonly CustomerRow[];
  readonly query: ListQuery;
  readonly sortBy: (sort: string) => void;
}) {
  const tenant = useTenant();
  const body = useRef<HTMLTableSectionElement>(null);
  const rowHeight = useMedia('(max-width: 760px)') ? NARROW_ROW_PX : ROW_PX;
  const { start, end } = useRowWindow(body, { count: props.rows.length, rowHeight });
  const heads = headsOf(tenant.currency);
  return (
    <>
      <NarrowSort query={props.query} sortBy={props.sortBy} />
      {/* biome-ignore-start lint/a11y/noRedundantRoles: the narrow layout is a grid, which drops the implied roles */}
      <table class="customers" role="table" aria-rowcount={tenant.customers + 1}>
        <caption class="sr">Customers</caption>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            {heads.map((head) => (
              <HeadCell key={head.class} head={head} query={props.query} sortBy={props.sortBy} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" ref={body} style={{ '--row': `${rowHeight}px` }}>
          {start > 0 && <Spacer heightPx={start * rowHeight} />}
          {props.rows.slice(start, end).map((row, index) => (
            <tr
              key={row.customerId}
              role="row"
              aria-rowindex={start + index + 2}
              data-row
              data-customer={row.customerId}
              tabIndex={-1}
            >
              <CustomerCells row={row} />
            </tr>
          ))}
          {end < props.rows.length && <Spacer heightPx={(props.rows.length - end) * rowHeight} />}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </>
  );
}
