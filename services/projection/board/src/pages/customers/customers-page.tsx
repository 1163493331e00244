import { useEffect, useRef } from 'preact/hooks';
import { apiUrl } from '../../lib/api.ts';
import { plural } from '../../lib/format.ts';
import { focusedRow, moveRow, useKeys } from '../../lib/keys.ts';
import { customerHref, hrefOf, navigate, setQuery } from '../../lib/router.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { relativeInstant } from '../../lib/time.ts';
import { Empty, Failure, ImportHint } from '../../parts/states.tsx';
import { CustomersTable, SORT_COLUMNS } from './customers-table.tsx';
import { Filters } from './filters.tsx';
import { type ListQuery, useCustomerRows } from './use-customer-rows.ts';

/** Names and dates are read upwards, amounts downwards. */
export function firstOrder(sort: string): string {
  return sort === 'name' || sort === 'notice' || sort === 'health' ? 'asc' : 'desc';
}

function readQuery(query: URLSearchParams): ListQuery {
  const sort = SORT_COLUMNS.find((name) => name === query.get('sort')) ?? 'value';
  const order = query.get('order');
  return {
    sort,
    order: order === 'asc' || order === 'desc' ? order : firstOrder(sort),
    q: query.get('q') ?? '',
    band: query.get('band') ?? '',
    atRisk: query.get('atRisk') === 'true' ? 'true' : '',
    msaOnly: query.get('msaOnly') === 'true' ? 'true' : '',
    owner: query.get('owner') ?? '',
  };
}

function isFiltered(query: ListQuery): boolean {
  return [query.q, query.band, query.atRisk, query.msaOnly, query.owner].some((value) => value !== '');
}

function useListKeys(tenant: string): void {
  useKeys({
    '/': () => document.getElementById('customer-search')?.focus(),
    j: () => moveRow(1),
    k: () => moveRow(-1),
    o: () => {
      const customerId = focusedRow()?.dataset.customer;
      if (customerId !== undefined) navigate(customerHref(tenant, customerId));
    },
  });
}

/** Loads the next page when the end of the list comes near. */
function LoadMore(props: { readonly more: () => void; readonly loading: boolean }) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(props.more);
  latest.current = props.more;
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && latest.current(),
      { rootMargin: '800px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [props.loading]);
  return (
    <div ref={ref} class="load-more">
      <button type="button" class="button" disabled={props.loading} onClick={props.more}>
        {props.loading ? 'Loading…' : 'Load more'}
      </button>
    </div>
  );
}

function Nothing(props: { readonly filtered: boolean }) {
  const tenant = useTenant();
  if (!props.filtered) {
    return (
      <Empty title="This tenant has no customers yet.">
        <ImportHint tenant={tenant.tenant} />
      </Empty>
    );
  }
  return (
    <Empty title="No customer fits these filters.">
      <a class="button" href={hrefOf(tenant.tenant, 'customers')}>
        Clear the filters
      </a>
    </Empty>
  );
}

function resort(reload: () => void): void {
  window.scrollTo(0, 0);
  reload();
}

/** Who, in what order, and why there. */
export function CustomersPage(props: { readonly query: URLSearchParams }) {
  const tenant = useTenant();
  const query = readQuery(props.query);
  const list = useCustomerRows(tenant.tenant, query);
  useListKeys(tenant.tenant);
  const sortBy = (sort: string) => {
    const order = query.sort === sort ? (query.order === 'asc' ? 'desc' : 'asc') : firstOrder(sort);
    setQuery({ sort, order });
  };
  const age = relativeInstant(list.loadedAtMs, Date.now());
  return (
    <>
      <div class="page-head">
        <h1>Customers</h1>
        <p class="grey" role="status">
          {isFiltered(query)
            ? `${list.next === null ? '' : 'first '}${plural(list.rows.length, 'match', 'matches')}`
            : `${plural(tenant.customers, 'customer')}`}
        </p>
        <span role="status">
          {list.newer.size > 0 && (
            <button type="button" class="chip" onClick={() => resort(list.reload)}>
              {list.newer.size} newer
              <span class="sr">: sort again</span>
            </button>
          )}
        </span>
        <a
          class="button page-action"
          href={apiUrl(tenant.tenant, 'customers', { ...query, format: 'csv' })}
          download
        >
          CSV
        </a>
      </div>
      <Filters query={query} />
      {list.failure && (
        <Failure
          what="The customers"
          failure={list.failure}
          {...(list.rows.length > 0 && { holds: `The rows below are from ${age} and were right then.` })}
          retry={list.reload}
        />
      )}
      <div class={list.stale ? 'dimmed' : undefined} aria-busy={list.loading}>
        {list.stale && <p class="age">Loading. These rows are from {age}.</p>}
        {list.rows.length > 0 && <CustomersTable rows={list.rows} query={query} sortBy={sortBy} />}
        {list.rows.length === 0 && !list.loading && !list.failure && <Nothing filtered={isFiltered(query)} />}
        {list.rows.length === 0 && list.loading && <p class="loading">Loading…</p>}
      </div>
      {list.next !== null && list.rows.length > 0 && <LoadMore more={list.loadMore} loading={list.loading} />}
    </>
  );
}
